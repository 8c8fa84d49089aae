-- `own_copy` alone has, after a repair, what can be sent only when the server has filled a gap below it.
SELECT EXISTS (SELECT 1 FROM change WHERE state = 0 AND state <> 1)
    OR EXISTS (SELECT 1 FROM own_copy WHERE state = 0);
