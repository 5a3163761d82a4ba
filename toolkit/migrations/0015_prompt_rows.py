from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS, my_boroughs, protect

RATES = my_boroughs("coordinator")  # Perm.RATE
OF_A_RATING = "EXISTS (SELECT FROM toolkit_rating r WHERE r.id = rating_id)"
OF_AN_OPEN_ROUND = f"""EXISTS (SELECT FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
    WHERE r.id = rating_id AND a.state = 'open' AND a.borough_id = ANY ({RATES}))"""
MINE = f"answered_by_id = {ME} AND {OF_AN_OPEN_ROUND}"


class Migration(migrations.Migration):
    """A borough's questions are its own people's; they are answered while the round is open, each answer by whoever gives it."""

    dependencies = [("toolkit", "0014_prompts")]
    operations = [
        protect(
            "toolkit_localprompt",
            f"borough_id = ANY ({MY_BOROUGHS})",
            write=f"borough_id = ANY ({RATES})",
        ),
        protect(
            "toolkit_promptanswer",
            OF_A_RATING,
            add=MINE,
            change=OF_AN_OPEN_ROUND,
            remove=OF_AN_OPEN_ROUND,
        ),
    ]
