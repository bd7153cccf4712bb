-- Bills are kept by year of ggmm; a year's partitions are made ahead of its first bill.

CREATE OR REPLACE FUNCTION add_year(year integer) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    first integer := (year % 100) * 100;
BEGIN
    FOREACH parent IN ARRAY ARRAY['bill', 'bill_line', 'bill_balance'] LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
                       parent || '_' || year, parent, first, first + 100);
        -- statement triggers of a partitioned table do not reach TRUNCATE of one partition
        IF parent <> 'bill_balance' AND to_regprocedure('refuse_change()') IS NOT NULL THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER immutable_table BEFORE TRUNCATE ON %I
                            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', parent || '_' || year);
        END IF;
    END LOOP;
END
$$;

SELECT add_year(year) FROM generate_series(2023, extract(year FROM now())::integer + 1) AS year;
