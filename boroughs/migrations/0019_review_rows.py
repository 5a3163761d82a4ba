from django.db import migrations

from boroughs.rows import MY_BOROUGHS, OPEN_TO_ME, protect

OF_A_REVIEW = "EXISTS (SELECT FROM boroughs_review r WHERE r.id = review_id)"
OF_A_RECOMMENDATION = (
    "EXISTS (SELECT FROM boroughs_recommendation r WHERE r.id = recommendation_id)"
)


class Migration(migrations.Migration):
    """A review is for the borough's people, a closed one for those on its list; what stands under it goes with it."""

    dependencies = [("boroughs", "0018_reviews")]
    operations = [
        protect("boroughs_review", f"borough_id = ANY ({MY_BOROUGHS}) AND {OPEN_TO_ME}"),
        protect("boroughs_recommendation", OF_A_REVIEW),
        protect("boroughs_recommendationaction", OF_A_RECOMMENDATION),
    ]
