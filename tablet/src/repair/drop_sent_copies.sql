DELETE FROM own_copy WHERE EXISTS (
    SELECT 1 FROM change
    WHERE change.document = own_copy.document AND change.hash = own_copy.hash AND change.state = 1
);
