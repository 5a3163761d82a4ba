from django.db import migrations

from boroughs.rows import ME, MY_BOROUGHS_RECORDED, protect

OF_A_RATING = f"""EXISTS (SELECT FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
    WHERE r.id = rating_id AND a.borough_id = ANY ({MY_BOROUGHS_RECORDED}))"""
BOTH_ENDS = f"""made_by_id = {ME} AND EXISTS (SELECT FROM toolkit_rating r JOIN toolkit_assessment a ON a.id = r.assessment_id
    JOIN boroughs_review v ON v.borough_id = a.borough_id JOIN boroughs_recommendation c ON c.review_id = v.id
    WHERE r.id = rating_id AND c.id = recommendation_id AND a.borough_id = ANY ({MY_BOROUGHS_RECORDED}))"""


class Migration(migrations.Migration):
    """Who keeps the record learns that a recommendation was made, so that no second one is; what it says is the review's to show."""

    dependencies = [("toolkit", "0023_asked")]
    operations = [protect("toolkit_askedbenchmark", OF_A_RATING, add=BOTH_ENDS, change="false")]
