SELECT EXISTS (
    SELECT 1 FROM plan_object WHERE client = ?1 AND part = ?2 AND id = ?3
);
