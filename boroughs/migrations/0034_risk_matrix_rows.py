from django.db import migrations

from boroughs.rows import MY_BOROUGHS, protect

OF_A_MATRIX = "EXISTS (SELECT FROM boroughs_riskmatrix m WHERE m.id = matrix_id)"
# A row knows its own numbers and not its matrix; without one it stands on the portal's own of five steps.
ON_IT = """
CREATE FUNCTION risks_stand_on_their_matrix() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps int := 5;
    highest int := greatest(NEW.likelihood, NEW.impact);
    owner bigint;
BEGIN
    IF TG_TABLE_NAME = 'boroughs_risk' THEN
        highest := greatest(highest, (to_jsonb(NEW) ->> 'likelihood_before')::int, (to_jsonb(NEW) ->> 'impact_before')::int);
    END IF;
    IF NEW.matrix_id IS NOT NULL THEN
        SELECT m.size, m.borough_id INTO steps, owner FROM boroughs_riskmatrix m WHERE m.id = NEW.matrix_id;
        IF steps IS NULL OR TG_TABLE_NAME = 'boroughs_risk' AND owner <> (to_jsonb(NEW) ->> 'borough_id')::bigint THEN
            RAISE EXCEPTION 'A risk is rated on a matrix of its own borough.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF highest > steps AND highest <= 5 THEN -- what no matrix has is for the constraints
        RAISE EXCEPTION 'A risk stands on its matrix.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER risks_stand_on_their_matrix BEFORE INSERT OR UPDATE ON boroughs_risk
    FOR EACH ROW EXECUTE FUNCTION risks_stand_on_their_matrix();
CREATE TRIGGER risks_stand_on_their_matrix BEFORE INSERT ON boroughs_riskreview
    FOR EACH ROW EXECUTE FUNCTION risks_stand_on_their_matrix();
"""
UNDO = """
DROP TRIGGER risks_stand_on_their_matrix ON boroughs_riskreview;
DROP TRIGGER risks_stand_on_their_matrix ON boroughs_risk;
DROP FUNCTION risks_stand_on_their_matrix();
"""


class Migration(migrations.Migration):
    """A borough's matrix is added to and never changed, so that what was rated on it keeps its meaning."""

    dependencies = [("boroughs", "0033_risk_matrix")]
    operations = [
        protect(
            "boroughs_riskmatrix",
            f"borough_id = ANY ({MY_BOROUGHS})",
            change="false",
            remove="false",
        ),
        protect("boroughs_riskband", OF_A_MATRIX, change="false", remove="false"),
        migrations.RunSQL(ON_IT, UNDO),
    ]
