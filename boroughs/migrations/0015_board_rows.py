from django.db import migrations

from boroughs.rows import protect

REPORTING = """
CREATE FUNCTION boards_report_upwards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above uuid := NEW.reports_to_id;
    owner bigint;
    steps int := 0;
BEGIN
    WHILE above IS NOT NULL LOOP
        steps := steps + 1;
        SELECT c.borough_id, c.reports_to_id INTO owner, above FROM boroughs_committee c WHERE c.id = above;
        IF NOT FOUND OR owner <> NEW.borough_id OR above = NEW.id OR steps > 100 THEN
            RAISE EXCEPTION 'A board reports to another body of its borough, and never round in a circle.'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER boards_report_upwards BEFORE INSERT OR UPDATE OF reports_to_id ON boroughs_committee
    FOR EACH ROW WHEN (NEW.reports_to_id IS NOT NULL AND NEW.reports_to_id <> NEW.id)
    EXECUTE FUNCTION boards_report_upwards();
"""
UNDO = """
DROP TRIGGER boards_report_upwards ON boroughs_committee;
DROP FUNCTION boards_report_upwards();
"""
OF_A_BOARD = "EXISTS (SELECT FROM boroughs_committee c WHERE c.id = board_id)"
OF_A_MEETING = "EXISTS (SELECT FROM boroughs_meeting m WHERE m.id = meeting_id)"
OF_ITS_BOARD = """EXISTS (SELECT FROM boroughs_meeting m JOIN boroughs_boardmember b ON b.board_id = m.committee_id
    WHERE m.id = meeting_id AND b.id = member_id)"""


class Migration(migrations.Migration):
    """Members of boards and attendance are for the borough's people; only a board's own members come to its meetings."""

    dependencies = [("boroughs", "0014_boards")]
    operations = [
        migrations.RunSQL(REPORTING, UNDO),
        protect("boroughs_boardmember", OF_A_BOARD),
        protect("boroughs_attendance", OF_A_MEETING, add=OF_ITS_BOARD, change=OF_ITS_BOARD),
    ]
