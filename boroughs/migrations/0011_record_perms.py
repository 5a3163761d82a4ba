from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("boroughs", "0010_purge_rows")]
    operations = [
        migrations.AlterModelOptions(
            name="borough",
            options={
                "default_permissions": (),
                "ordering": ["name", "pk"],
                "permissions": [
                    ("enter_borough", "Open the borough's front page"),
                    ("read_record", "Read the open record: assessments, ratings and their history"),
                    (
                        "keep_record",
                        "Keep the record: strategies and plans, figures, reviews, risks, boards and registers",
                    ),
                    ("read_plan", "Read the open strategies and delivery plans"),
                    ("update_own_actions", "Report progress on their own organisation's actions"),
                    ("rate_benchmarks", "Open assessments and rate benchmarks"),
                    ("compose_reports", "Write and make committee reports"),
                    ("read_reports", "Read and download committee reports"),
                    ("see_people", "See who holds which role"),
                    ("manage_people", "Invite people, change and end their roles"),
                    ("manage_meetings", "Keep committees, meetings and seats"),
                    ("manage_settings", "Change the borough's settings"),
                    ("read_papers", "Read and download the borough's open papers"),
                    ("keep_papers", "Add papers, close and release them"),
                    ("see_lists", "See why records are closed and who is on their access lists"),
                    ("manage_lists", "Put people on access lists and answer requests"),
                    ("give_emergency", "Give others emergency access to a closed record"),
                    ("ask_for_closed", "Ask to read a closed record"),
                    ("read_trail", "Read the trail: who did what, and what was refused"),
                    (
                        "read_reading",
                        "See in the trail what committee members read of closed papers",
                    ),
                    ("see_erasures", "See what was erased and what waits for a second person"),
                    ("ask_to_erase", "Ask for something entered by mistake to be erased"),
                    ("erase_with_another", "Erase what somebody else asks to have erased"),
                ],
            },
        ),
    ]
