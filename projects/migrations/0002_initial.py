import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('projects', '0001_initial'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='programme',
                name='talks',
                field=models.ManyToManyField(blank=True, help_text='The survey rounds in which stakeholders were heard about the goals.', related_name='+', to='surveys.round', verbose_name='talks with stakeholders'),
            ),
            migrations.AddField(
                model_name='mandateevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='mandate',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='influencegoalevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='influencegoal',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='influence_goals', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='goalevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='goal',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='commentevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='comment',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='programmecommentersevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='programmecommentersevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='programmecommentersevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='approved_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='programmetalksevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='programmetalksevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='programmetalksevent',
                name='round',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveys.round'),
            ),
            migrations.AddField(
                model_name='project',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='project',
                name='call',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ideas', to='projects.fundingcall', verbose_name='intended funding call'),
            ),
            migrations.AddField(
                model_name='project',
                name='challenges',
                field=models.ManyToManyField(blank=True, help_text='The needs that this project answers to.', related_name='projects', to='projects.challenge', verbose_name='challenges'),
            ),
            migrations.AddField(
                model_name='project',
                name='from_need',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.need', verbose_name='need behind it'),
            ),
            migrations.AddField(
                model_name='project',
                name='funder',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funded_projects', to='members.organisation', verbose_name='funder'),
            ),
            migrations.AddField(
                model_name='project',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='project',
                name='measures',
                field=models.ManyToManyField(blank=True, help_text='The measures of the action programme that this project is evidence of.', related_name='projects', to='projects.measure', verbose_name='measures'),
            ),
            migrations.AddField(
                model_name='project',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='project',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='pilotevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project or idea'),
            ),
            migrations.AddField(
                model_name='pilot',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pilots', to='projects.project', verbose_name='project or idea'),
            ),
            migrations.AddField(
                model_name='partnershipevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='partnership',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partnerships', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='milestoneevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='milestone',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='discussionevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='discussion',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='discussions', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='callfit',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_fits', to='projects.project'),
            ),
            migrations.AddField(
                model_name='businessoutcomeevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='businessoutcome',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outcomes', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='budgetevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='budget',
                name='project',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='applicationevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='application',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='amendmentevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='amendment',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projectchallengesevent',
                name='challenge',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge'),
            ),
            migrations.AddField(
                model_name='projectchallengesevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectchallengesevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='projectdocument',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
            ),
            migrations.AddField(
                model_name='projectdocument',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='documentversionevent',
                name='document',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.projectdocument', verbose_name='document'),
            ),
            migrations.AddField(
                model_name='documentversion',
                name='document',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='projects.projectdocument', verbose_name='document'),
            ),
            migrations.AddField(
                model_name='projectdocumentevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
            ),
            migrations.AddField(
                model_name='projectdocumentevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectdocumentevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.projectdocument'),
            ),
            migrations.AddField(
                model_name='projectdocumentevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projecteditor',
                name='named_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='projecteditor',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editors', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projecteditor',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='projecteditorevent',
                name='named_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='projecteditorevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projecteditorevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.projecteditor'),
            ),
            migrations.AddField(
                model_name='projecteditorevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projecteditorevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='call',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.fundingcall', verbose_name='intended funding call'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='from_need',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.need', verbose_name='need behind it'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='funder',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='funder'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.project'),
            ),
            migrations.AddField(
                model_name='projectlegacy',
                name='project',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='legacy', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projectlegacyevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectlegacyevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.projectlegacy'),
            ),
            migrations.AddField(
                model_name='projectlegacyevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projectmeasuresevent',
                name='measure',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure'),
            ),
            migrations.AddField(
                model_name='projectmeasuresevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectmeasuresevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='projectstep',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projectstepevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projectstepevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.projectstep'),
            ),
            migrations.AddField(
                model_name='projectstepevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='projecttermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='projecttermsevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='projecttermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='proposal',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='proposal',
                name='challenge',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='proposal',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='pilotevent',
                name='proposal',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.proposal', verbose_name='proposal'),
            ),
            migrations.AddField(
                model_name='pilot',
                name='proposal',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pilots', to='projects.proposal', verbose_name='proposal'),
            ),
            migrations.AddField(
                model_name='proposalevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='proposalevent',
                name='challenge',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='proposalevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='proposalevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='proposalevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.proposal'),
            ),
            migrations.AddField(
                model_name='proposalfile',
                name='proposal',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='projects.proposal', verbose_name='proposal'),
            ),
            migrations.AddField(
                model_name='proposalfileevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='proposalfileevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.proposalfile'),
            ),
            migrations.AddField(
                model_name='proposalfileevent',
                name='proposal',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.proposal', verbose_name='proposal'),
            ),
            migrations.AddField(
                model_name='question',
                name='asker',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='question',
                name='challenge',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='question',
                name='organisation',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='questionevent',
                name='asker',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='questionevent',
                name='challenge',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='questionevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='questionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='questionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.question'),
            ),
            migrations.AddField(
                model_name='recommendationevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='recommendationevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.recommendation'),
            ),
            migrations.AddField(
                model_name='reporter',
                name='measure',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reporter', to='projects.measure', verbose_name='measure'),
            ),
            migrations.AddField(
                model_name='reporter',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='reporterevent',
                name='measure',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure', verbose_name='measure'),
            ),
            migrations.AddField(
                model_name='reporterevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='reporterevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='reporterevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.reporter'),
            ),
            migrations.AddField(
                model_name='reportrequest',
                name='asked_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='reportrequest',
                name='measure',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_requests', to='projects.measure', verbose_name='measure'),
            ),
            migrations.AddField(
                model_name='reportrequest',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='reportrequest',
                name='user',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account'),
            ),
            migrations.AddField(
                model_name='measureupdateevent',
                name='request',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.reportrequest', verbose_name='request'),
            ),
            migrations.AddField(
                model_name='measureupdate',
                name='request',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='updates', to='projects.reportrequest', verbose_name='request'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='asked_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='measure',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure', verbose_name='measure'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.reportrequest'),
            ),
            migrations.AddField(
                model_name='reportrequestevent',
                name='user',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account'),
            ),
            migrations.AddField(
                model_name='result',
                name='challenge',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='results', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='result',
                name='contact',
                field=models.ForeignKey(blank=True, help_text='Shown to signed-in members only.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact person'),
            ),
            migrations.AddField(
                model_name='result',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='result',
                name='makers',
                field=models.ManyToManyField(blank=True, related_name='results', to='members.organisation', verbose_name='makers'),
            ),
            migrations.AddField(
                model_name='result',
                name='measures',
                field=models.ManyToManyField(blank=True, help_text='The measures of the action programme that this result is evidence of.', related_name='results', to='projects.measure', verbose_name='measures'),
            ),
            migrations.AddField(
                model_name='result',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='result',
                name='pilot',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='results', to='projects.pilot', verbose_name='pilot'),
            ),
            migrations.AddField(
                model_name='result',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='results', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='result',
                name='teller',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='told by'),
            ),
            migrations.AddField(
                model_name='result',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='recommendationevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='recommendation',
                name='result',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='influenceactevent',
                name='of_result',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='The result that it rests on, or that came of it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result', verbose_name='result of the portal'),
            ),
            migrations.AddField(
                model_name='influenceact',
                name='of_result',
                field=models.ForeignKey(blank=True, help_text='The result that it rests on, or that came of it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='influence_acts', to='projects.result', verbose_name='result of the portal'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='challenge',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='contact',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='Shown to signed-in members only.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact person'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.result'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='pilot',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.pilot', verbose_name='pilot'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='resultevent',
                name='teller',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='told by'),
            ),
            migrations.AddField(
                model_name='resultfile',
                name='result',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='resultfileevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resultfileevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.resultfile'),
            ),
            migrations.AddField(
                model_name='resultfileevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='resultmakersevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation'),
            ),
            migrations.AddField(
                model_name='resultmakersevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resultmakersevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result'),
            ),
            migrations.AddField(
                model_name='resultmeasuresevent',
                name='measure',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure'),
            ),
            migrations.AddField(
                model_name='resultmeasuresevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resultmeasuresevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result'),
            ),
            migrations.AddField(
                model_name='resulttermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resulttermsevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result'),
            ),
            migrations.AddField(
                model_name='resulttermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='resultuse',
                name='recommendation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='projects.recommendation', verbose_name='recommendation'),
            ),
            migrations.AddField(
                model_name='resultuse',
                name='result',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='resultuse',
                name='teller',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='told by'),
            ),
            migrations.AddField(
                model_name='resultuseevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='resultuseevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.resultuse'),
            ),
            migrations.AddField(
                model_name='resultuseevent',
                name='recommendation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.recommendation', verbose_name='recommendation'),
            ),
            migrations.AddField(
                model_name='resultuseevent',
                name='result',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result', verbose_name='result'),
            ),
            migrations.AddField(
                model_name='resultuseevent',
                name='teller',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='told by'),
            ),
            migrations.AddField(
                model_name='review',
                name='held_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
            ),
            migrations.AddField(
                model_name='review',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='reviewevent',
                name='held_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
            ),
            migrations.AddField(
                model_name='reviewevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='reviewevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.review'),
            ),
            migrations.AddField(
                model_name='reviewevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='rolesuggestion',
                name='capability',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.capability'),
            ),
            migrations.AddField(
                model_name='rolesuggestion',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation'),
            ),
            migrations.AddField(
                model_name='staffmember',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='staffmember',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='staffmember',
                name='user',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person with an account'),
            ),
            migrations.AddField(
                model_name='staffmemberevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='staffmemberevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='staffmemberevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.staffmember'),
            ),
            migrations.AddField(
                model_name='staffmemberevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='staffmemberevent',
                name='user',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person with an account'),
            ),
            migrations.AddField(
                model_name='statusreport',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='statusreport',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_reports', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='statusreportevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='statusreportevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='statusreportevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.statusreport'),
            ),
            migrations.AddField(
                model_name='statusreportevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='support',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='support',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='supportevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='supportevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.support'),
            ),
            migrations.AddField(
                model_name='supportevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='supportevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='capability',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.capability', verbose_name='part of'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='region',
                field=models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='teller',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
            ),
            migrations.AddField(
                model_name='testenvironment',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='pilotevent',
                name='testbed',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.testenvironment', verbose_name='test environment'),
            ),
            migrations.AddField(
                model_name='pilot',
                name='testbed',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pilots', to='projects.testenvironment', verbose_name='test environment'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='capability',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.capability', verbose_name='part of'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.testenvironment'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='region',
                field=models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='testenvironmentevent',
                name='teller',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
            ),
            migrations.AddField(
                model_name='testenvironmenttermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='testenvironmenttermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='testenvironmenttermsevent',
                name='testenvironment',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.testenvironment'),
            ),
            migrations.AddField(
                model_name='transfer',
                name='continues',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.transfer', verbose_name='continues'),
            ),
            migrations.AddField(
                model_name='transfer',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='transfer',
                name='taker',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='new owner'),
            ),
            migrations.AddField(
                model_name='transferevent',
                name='continues',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.transfer', verbose_name='continues'),
            ),
            migrations.AddField(
                model_name='transferevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='transferevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.transfer'),
            ),
            migrations.AddField(
                model_name='transferevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme'),
            ),
            migrations.AddField(
                model_name='transferevent',
                name='taker',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='new owner'),
            ),
            migrations.AddField(
                model_name='transferitem',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='new owner'),
            ),
            migrations.AddField(
                model_name='transferitem',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='transferitemevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='new owner'),
            ),
            migrations.AddField(
                model_name='transferitemevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='transferitemevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.transferitem'),
            ),
            migrations.AddField(
                model_name='transferitemevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='wantedrole',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wanted_roles', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='wantedrole',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='rolesuggestion',
                name='role',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='projects.wantedrole'),
            ),
            migrations.AddField(
                model_name='partnershipevent',
                name='wanted_role',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.wantedrole', verbose_name='wanted role'),
            ),
            migrations.AddField(
                model_name='partnership',
                name='wanted_role',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='partnerships', to='projects.wantedrole', verbose_name='wanted role'),
            ),
            migrations.AddField(
                model_name='wantedroleevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='wantedroleevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.wantedrole'),
            ),
            migrations.AddField(
                model_name='wantedroleevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='wantedroletermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='wantedroletermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='wantedroletermsevent',
                name='wantedrole',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.wantedrole'),
            ),
            migrations.AddField(
                model_name='workpackage',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='responsible'),
            ),
            migrations.AddField(
                model_name='workpackage',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_packages', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='milestoneevent',
                name='package',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.workpackage', verbose_name='work package'),
            ),
            migrations.AddField(
                model_name='milestone',
                name='package',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='milestones', to='projects.workpackage', verbose_name='work package'),
            ),
            migrations.AddField(
                model_name='workpackageevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='responsible'),
            ),
            migrations.AddField(
                model_name='workpackageevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='workpackageevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.workpackage'),
            ),
            migrations.AddField(
                model_name='workpackageevent',
                name='project',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='actualcostevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='83128d2ebc2b15ff7f1e223d00f1e8393429cbf5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_21585', table='projects_actualcostevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='actualcost',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['staff', 'purchases', 'subcontracting', 'investment', 'other', 'lump', 'income'])), name='projects_actualcost_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='actualcost',
                constraint=models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0), ('amount_cents__lte', 10000000000000)), name='projects_actualcost_amount_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='actualcost',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_actualcostevent" ("amount_cents", "budget_id", "day", "form_key", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_cents", NEW."budget_id", NEW."day", NEW."form_key", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='6402dc510e0f1df2ab1b78b619230e222e647801', operation='INSERT', pgid='pgtrigger_insert_insert_21e89', table='projects_actualcost', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='actualcost',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_actualcostevent" ("amount_cents", "budget_id", "day", "form_key", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_cents", NEW."budget_id", NEW."day", NEW."form_key", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='2e14a4dd70629cd4057b6f40e5d4496a51b8684c', operation='UPDATE', pgid='pgtrigger_update_update_10a82', table='projects_actualcost', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='actualcost',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_actualcostevent" ("amount_cents", "budget_id", "day", "form_key", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount_cents", OLD."budget_id", OLD."day", OLD."form_key", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='4840ee7b1071b14dfa3ed43ab049fd7026e489b9', operation='DELETE', pgid='pgtrigger_delete_delete_afe26', table='projects_actualcost', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='challenge',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_challenge_search'),
            ),
            migrations.AddIndex(
                model_name='challenge',
                index=models.Index(models.OrderBy(models.Case(models.When(models.Q(('stage', 'open'), _negated=True), then=models.F('closes_at'))), descending=True, nulls_first=True), models.F('closes_at'), models.F('id'), name='projects_challenge_soonest'),
            ),
            migrations.AddIndex(
                model_name='challenge',
                index=models.Index(condition=models.Q(('stage', 'open')), fields=['closes_at'], name='projects_challenge_open'),
            ),
            migrations.AddIndex(
                model_name='challenge',
                index=models.Index(condition=models.Q(('matched_at', None), ('stage', 'open')), fields=['id'], name='projects_challenge_to_match'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'in_review', 'open', 'closed', 'solved', 'unmatched', 'withdrawn'])), name='projects_challenge_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_challenge_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['regional', 'national', 'international'])), name='projects_challenge_scopes_known'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('named_sectors__contained_by', ['education', 'research', 'public', 'business', 'third'])), name='projects_challenge_sectors_known'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('proposer_sectors__contained_by', ['education', 'research', 'public', 'business', 'third'])), name='projects_challenge_proposers_known'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'propose']), _negated=True), name='projects_challenge_slug_not_reserved'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'private'), _negated=True), ('has_teaser', False), _connector='OR'), name='projects_challenge_private_has_no_teaser', violation_error_message='A private challenge has no public teaser.'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['closed', 'open', 'solved', 'unmatched']), _negated=True), ('published_at__isnull', False), _connector='OR'), name='projects_challenge_published_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='challenge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['solved', 'unmatched']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='projects_challenge_decided_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challenge',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_challengeevent" ("background", "closes_at", "contact_id", "created_at", "current_practice", "decided_at", "decision_on", "form_key", "from_need_id", "has_teaser", "home_cluster_id", "id", "limits", "matched_at", "named_sectors", "need", "not_to_tell", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_sectors", "published_at", "scopes", "slug", "solution", "stage", "summary_en", "summary_fi", "summary_sv", "takes_anonymous", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."background", NEW."closes_at", NEW."contact_id", NEW."created_at", NEW."current_practice", NEW."decided_at", NEW."decision_on", NEW."form_key", NEW."from_need_id", NEW."has_teaser", NEW."home_cluster_id", NEW."id", NEW."limits", NEW."matched_at", NEW."named_sectors", NEW."need", NEW."not_to_tell", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposer_sectors", NEW."published_at", NEW."scopes", NEW."slug", NEW."solution", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."takes_anonymous", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='bd50c5b71d8d29110776b7fd609641ab120b83aa', operation='INSERT', pgid='pgtrigger_insert_insert_392e5', table='projects_challenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challenge',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."background" IS DISTINCT FROM (NEW."background") OR OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."current_practice" IS DISTINCT FROM (NEW."current_practice") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decision_on" IS DISTINCT FROM (NEW."decision_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."from_need_id" IS DISTINCT FROM (NEW."from_need_id") OR OLD."has_teaser" IS DISTINCT FROM (NEW."has_teaser") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."limits" IS DISTINCT FROM (NEW."limits") OR OLD."matched_at" IS DISTINCT FROM (NEW."matched_at") OR OLD."named_sectors" IS DISTINCT FROM (NEW."named_sectors") OR OLD."need" IS DISTINCT FROM (NEW."need") OR OLD."not_to_tell" IS DISTINCT FROM (NEW."not_to_tell") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."proposer_sectors" IS DISTINCT FROM (NEW."proposer_sectors") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."solution" IS DISTINCT FROM (NEW."solution") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."takes_anonymous" IS DISTINCT FROM (NEW."takes_anonymous") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "projects_challengeevent" ("background", "closes_at", "contact_id", "created_at", "current_practice", "decided_at", "decision_on", "form_key", "from_need_id", "has_teaser", "home_cluster_id", "id", "limits", "matched_at", "named_sectors", "need", "not_to_tell", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_sectors", "published_at", "scopes", "slug", "solution", "stage", "summary_en", "summary_fi", "summary_sv", "takes_anonymous", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."background", NEW."closes_at", NEW."contact_id", NEW."created_at", NEW."current_practice", NEW."decided_at", NEW."decision_on", NEW."form_key", NEW."from_need_id", NEW."has_teaser", NEW."home_cluster_id", NEW."id", NEW."limits", NEW."matched_at", NEW."named_sectors", NEW."need", NEW."not_to_tell", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposer_sectors", NEW."published_at", NEW."scopes", NEW."slug", NEW."solution", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."takes_anonymous", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='eed7712a2ab6a004e1925652a9ed9b929effedcc', operation='UPDATE', pgid='pgtrigger_update_update_6f706', table='projects_challenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challenge',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_challengeevent" ("background", "closes_at", "contact_id", "created_at", "current_practice", "decided_at", "decision_on", "form_key", "from_need_id", "has_teaser", "home_cluster_id", "id", "limits", "matched_at", "named_sectors", "need", "not_to_tell", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_sectors", "published_at", "scopes", "slug", "solution", "stage", "summary_en", "summary_fi", "summary_sv", "takes_anonymous", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."background", OLD."closes_at", OLD."contact_id", OLD."created_at", OLD."current_practice", OLD."decided_at", OLD."decision_on", OLD."form_key", OLD."from_need_id", OLD."has_teaser", OLD."home_cluster_id", OLD."id", OLD."limits", OLD."matched_at", OLD."named_sectors", OLD."need", OLD."not_to_tell", OLD."organisation_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposer_sectors", OLD."published_at", OLD."scopes", OLD."slug", OLD."solution", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."takes_anonymous", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='5855209d4a0493b1336b3fc8c96ec98f3c87481e', operation='DELETE', pgid='pgtrigger_delete_delete_56ba7', table='projects_challenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challengeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='627bb6f0e40583b0210d3876d2a6263fd821601d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd3cf', table='projects_challengeevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challengenamedorganisationsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='381f46311d4b3e129a99178cb6a5bbdc1655d394', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1f70e', table='projects_challengenamedorganisationsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challengenamedpeopleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='31f121942737ef10aaf10d85ceae279a7fdd88b7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c0a1a', table='projects_challengenamedpeopleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='challengetermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='83113adcc121ceddb200df791b05322ac1400681', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_27f65', table='projects_challengetermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='completionrequest',
                constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('asked_on')), ('due_on__isnull', True), ('asked_on__isnull', True), _connector='OR'), name='projects_completionrequest_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='completionrequest',
                constraint=models.CheckConstraint(condition=models.Q(('answered_on__gte', models.F('asked_on')), ('answered_on__isnull', True), ('asked_on__isnull', True), _connector='OR'), name='projects_completionrequest_answered_after'),
            ),
            migrations.AddConstraint(
                model_name='completionrequest',
                constraint=models.UniqueConstraint(condition=models.Q(('answered_on', None)), fields=('application',), name='projects_completionrequest_one_open'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='completionrequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_completionrequestevent" ("answered_on", "application_id", "asked_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."answered_on", NEW."application_id", NEW."asked_on", NEW."due_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='20ea8cc6ccd72564f5b663de8eb24a962ef18745', operation='INSERT', pgid='pgtrigger_insert_insert_e59ff', table='projects_completionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='completionrequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_completionrequestevent" ("answered_on", "application_id", "asked_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."answered_on", NEW."application_id", NEW."asked_on", NEW."due_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='879d7f3a029145819f8afec5bc9bd8b114609543', operation='UPDATE', pgid='pgtrigger_update_update_02c00', table='projects_completionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='completionrequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_completionrequestevent" ("answered_on", "application_id", "asked_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (OLD."answered_on", OLD."application_id", OLD."asked_on", OLD."due_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."what"); RETURN NULL;', hash='2bf3a27d9701b2e78896afcd5998a8c4a742901d', operation='DELETE', pgid='pgtrigger_delete_delete_09e2e', table='projects_completionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='completionrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4869bb5ff6bfc02b8b7a4bac40b310865992f91b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_873dd', table='projects_completionrequestevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['staff', 'purchases', 'subcontracting', 'investment', 'other', 'lump', 'income'])), name='projects_costline_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0), ('amount_cents__lte', 10000000000000)), name='projects_costline_amount_sane'),
            ),
            migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('year', None), ('year__range', (2000, 2100)), _connector='OR'), name='projects_costline_year_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_costlineevent" ("amount_cents", "budget_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."amount_cents", NEW."budget_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."year"); RETURN NULL;', hash='510222a6576450433ee62c3487c421931867c97a', operation='INSERT', pgid='pgtrigger_insert_insert_1e053', table='projects_costline', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_costlineevent" ("amount_cents", "budget_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."amount_cents", NEW."budget_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."year"); RETURN NULL;', hash='2add957586c3e45bb16389f069514081fbc34f0b', operation='UPDATE', pgid='pgtrigger_update_update_43919', table='projects_costline', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_costlineevent" ("amount_cents", "budget_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (OLD."amount_cents", OLD."budget_id", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."year"); RETURN NULL;', hash='9e630bbef796c9d5cdcbb17fd4b09817b64f6ac5', operation='DELETE', pgid='pgtrigger_delete_delete_6ed12', table='projects_costline', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='costlineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2d4b3e85672d4b62f525b3f554046bf117dc3f98', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a5f2', table='projects_costlineevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='discussionmessage',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), models.Q(('text', ''), _negated=True)), models.Q(('removed_at__isnull', False), ('text', '')), _connector='OR'), name='projects_discussionmessage_removed_has_no_text'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussionmessage',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_discussionmessageevent" ("author_id", "changed_at", "discussion_id", "form_key", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "removed_at", "sent_at") VALUES (NEW."author_id", NEW."changed_at", NEW."discussion_id", NEW."form_key", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."removed_at", NEW."sent_at"); RETURN NULL;', hash='1b2b48b45ca801f61c53e8786732cd73fd27607b', operation='INSERT', pgid='pgtrigger_insert_insert_f2087', table='projects_discussionmessage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussionmessage',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."discussion_id" IS DISTINCT FROM (NEW."discussion_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at"))', func='INSERT INTO "projects_discussionmessageevent" ("author_id", "changed_at", "discussion_id", "form_key", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "removed_at", "sent_at") VALUES (NEW."author_id", NEW."changed_at", NEW."discussion_id", NEW."form_key", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."removed_at", NEW."sent_at"); RETURN NULL;', hash='ef9319ec7497729926133fc7b0ec95f62989880d', operation='UPDATE', pgid='pgtrigger_update_update_c3892', table='projects_discussionmessage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussionmessage',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_discussionmessageevent" ("author_id", "changed_at", "discussion_id", "form_key", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "removed_at", "sent_at") VALUES (OLD."author_id", OLD."changed_at", OLD."discussion_id", OLD."form_key", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."removed_at", OLD."sent_at"); RETURN NULL;', hash='03046fe70ed0723c668cbdc880babbe7878fea08', operation='DELETE', pgid='pgtrigger_delete_delete_1b05e', table='projects_discussionmessage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussionmessageevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='09ef14a4712319111ef88acc01249ba302158102', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6d47', table='projects_discussionmessageevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='fundingcall',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_fundingcall_search'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_fundingcall_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('visibility', 'group'), _negated=True), name='projects_fundingcall_names_no_group', violation_error_message='A funding call has no named group of readers.'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ['erdf', 'esf', 'jtf', 'akke', 'interreg', 'horizon', 'edf', 'business_finland', 'academy', 'vn_teas', 'matine', 'fire_fund', 'internal_security', 'foundation', 'other'])), name='projects_fundingcall_instrument_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('closes_at__gte', models.F('opens_at')), ('closes_at__isnull', True), ('opens_at__isnull', True), _connector='OR'), name='projects_fundingcall_opens_before_it_closes'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('applicants__contained_by', ['education', 'research', 'public', 'business', 'third'])), name='projects_fundingcall_applicants_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.CheckConstraint(condition=models.Q(('cost_models__contained_by', ['fr40', 'fr7', 'fr1_5', 'fr25', 'lump', 'actual'])), name='projects_fundingcall_cost_models_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingcall',
                constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('home_cluster', 'external_id'), name='projects_fundingcall_external_id_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingcall',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_fundingcallevent" ("applicants", "checked_on", "closes_at", "cost_models", "created_at", "eligibility", "external_id", "funder", "home_cluster_id", "id", "instrument", "link", "opens_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "source", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."applicants", NEW."checked_on", NEW."closes_at", NEW."cost_models", NEW."created_at", NEW."eligibility", NEW."external_id", NEW."funder", NEW."home_cluster_id", NEW."id", NEW."instrument", NEW."link", NEW."opens_at", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."slug", NEW."source", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='68fdb7ff378ac3bf8d1a287c29d71103042295ff', operation='INSERT', pgid='pgtrigger_insert_insert_5e003', table='projects_fundingcall', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingcall',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."applicants" IS DISTINCT FROM (NEW."applicants") OR OLD."checked_on" IS DISTINCT FROM (NEW."checked_on") OR OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."cost_models" IS DISTINCT FROM (NEW."cost_models") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."eligibility" IS DISTINCT FROM (NEW."eligibility") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."funder" IS DISTINCT FROM (NEW."funder") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrument" IS DISTINCT FROM (NEW."instrument") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "projects_fundingcallevent" ("applicants", "checked_on", "closes_at", "cost_models", "created_at", "eligibility", "external_id", "funder", "home_cluster_id", "id", "instrument", "link", "opens_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "source", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."applicants", NEW."checked_on", NEW."closes_at", NEW."cost_models", NEW."created_at", NEW."eligibility", NEW."external_id", NEW."funder", NEW."home_cluster_id", NEW."id", NEW."instrument", NEW."link", NEW."opens_at", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."slug", NEW."source", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='373d9f36d036162ff643e12b5efb1fa3be94900c', operation='UPDATE', pgid='pgtrigger_update_update_10ac1', table='projects_fundingcall', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingcall',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_fundingcallevent" ("applicants", "checked_on", "closes_at", "cost_models", "created_at", "eligibility", "external_id", "funder", "home_cluster_id", "id", "instrument", "link", "opens_at", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "slug", "source", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."applicants", OLD."checked_on", OLD."closes_at", OLD."cost_models", OLD."created_at", OLD."eligibility", OLD."external_id", OLD."funder", OLD."home_cluster_id", OLD."id", OLD."instrument", OLD."link", OLD."opens_at", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."slug", OLD."source", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='d3ddf6f8070f578532cf92609f6d38af9b84a457', operation='DELETE', pgid='pgtrigger_delete_delete_d4403', table='projects_fundingcall', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingcallevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f9e74a81aeddea72893c10e34dd907e8c1b87ad8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d4e3', table='projects_fundingcallevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingcalltermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='797b8b02ddf0a3a7b1fa1ff74af2ad2e43a0cf12', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9342', table='projects_fundingcalltermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['eu_state', 'own_municipal', 'own_public', 'own_private', 'municipal', 'other_public', 'private'])), name='projects_fundingsource_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['amount', 'percent', 'remainder'])), name='projects_fundingsource_basis_known'),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.UniqueConstraint(condition=models.Q(('basis', 'remainder')), fields=('budget',), name='projects_fundingsource_one_remainder'),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.CheckConstraint(condition=models.Q(('basis', 'amount'), ('amount_cents', 0), _connector='OR'), name='projects_fundingsource_amount_where_fixed'),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'percent'), ('percent__range', (1, 10000))), ('percent', 0), _connector='OR'), name='projects_fundingsource_percent_where_asked'),
            ),
            migrations.AddConstraint(
                model_name='fundingsource',
                constraint=models.CheckConstraint(condition=models.Q(('amount_cents__gte', 0), ('amount_cents__lte', 10000000000000)), name='projects_fundingsource_amount_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingsource',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_fundingsourceevent" ("amount_cents", "basis", "budget_id", "id", "kind", "note", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_cents", NEW."basis", NEW."budget_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='06aedde02b8b1ae4a3d3e412370a5f7fceddd75a', operation='INSERT', pgid='pgtrigger_insert_insert_fb43d', table='projects_fundingsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingsource',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_fundingsourceevent" ("amount_cents", "basis", "budget_id", "id", "kind", "note", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount_cents", NEW."basis", NEW."budget_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='1e3917201e53cd139e0399d21ce6095ecbedda9b', operation='UPDATE', pgid='pgtrigger_update_update_3187d', table='projects_fundingsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingsource',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_fundingsourceevent" ("amount_cents", "basis", "budget_id", "id", "kind", "note", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount_cents", OLD."basis", OLD."budget_id", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='7415538a91d4ff99930e29aa6b35902e88eddcea', operation='DELETE', pgid='pgtrigger_delete_delete_58146', table='projects_fundingsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingsourceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8a68ffdde02c721083b6206c297f17171f2a4015', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bfd15', table='projects_fundingsourceevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='goalpart',
                constraint=models.CheckConstraint(condition=models.Q(('part__in', ['owner', 'implementer', 'supporter', 'informed'])), name='projects_goalpart_part_known'),
            ),
            migrations.AddConstraint(
                model_name='goalpart',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['asked', 'accepted', 'declined'])), name='projects_goalpart_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='goalpart',
                constraint=models.UniqueConstraint(fields=('goal', 'organisation'), name='projects_goalpart_one_each', violation_error_message='The organisation has a part in this goal already.'),
            ),
            migrations.AddConstraint(
                model_name='goalpart',
                constraint=models.UniqueConstraint(condition=models.Q(('part', 'owner'), ('stage', 'accepted')), fields=('goal',), name='projects_goalpart_one_owner'),
            ),
            migrations.AddConstraint(
                model_name='goalpart',
                constraint=models.CheckConstraint(condition=models.Q(('stage', 'asked'), ('answered_on__isnull', False), _connector='OR'), name='projects_goalpart_answer_has_a_day'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goalpart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_goalpartevent" ("answered_at", "answered_by_id", "answered_on", "asked_at", "goal_id", "id", "note", "organisation_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answered_on", NEW."asked_at", NEW."goal_id", NEW."id", NEW."note", NEW."organisation_id", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."stage"); RETURN NULL;', hash='83e074d3ea74104e24f738c5c301d4db337672a5', operation='INSERT', pgid='pgtrigger_insert_insert_9a5fa', table='projects_goalpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goalpart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."answered_on" IS DISTINCT FROM (NEW."answered_on") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."goal_id" IS DISTINCT FROM (NEW."goal_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."stage" IS DISTINCT FROM (NEW."stage"))', func='INSERT INTO "projects_goalpartevent" ("answered_at", "answered_by_id", "answered_on", "asked_at", "goal_id", "id", "note", "organisation_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answered_on", NEW."asked_at", NEW."goal_id", NEW."id", NEW."note", NEW."organisation_id", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."stage"); RETURN NULL;', hash='c04c9ad350451d37b153a75be435a033ff38c4fb', operation='UPDATE', pgid='pgtrigger_update_update_2e0d1', table='projects_goalpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goalpart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_goalpartevent" ("answered_at", "answered_by_id", "answered_on", "asked_at", "goal_id", "id", "note", "organisation_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."answered_on", OLD."asked_at", OLD."goal_id", OLD."id", OLD."note", OLD."organisation_id", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."stage"); RETURN NULL;', hash='33fe3c9b0efbae568044c2eeb72b19746bae3915', operation='DELETE', pgid='pgtrigger_delete_delete_61939', table='projects_goalpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goalpartevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cdd0131f65f41a5521033f3d5d4947c3317cc795', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7781', table='projects_goalpartevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='learningtermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='afeefd1f66628b7b691de613aa6cb676138b3451', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f646b', table='projects_learningtermsevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='measure',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_measure_search'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_started', 'in_progress', 'delayed', 'done', 'discontinued'])), name='projects_measure_state_known'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_measure_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.UniqueConstraint(fields=('goal', 'number'), name='projects_measure_number_once'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='projects_measure_number_positive'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('progress__range', (0, 100))), name='projects_measure_progress_percent'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('target__isnull', True), ('target__gte', 1), _connector='OR'), name='projects_measure_target_positive'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('count_lost_on__isnull', True), ('counts', '')), models.Q(models.Q(('counts', ''), _negated=True), ('counted_since__isnull', False)), _connector='OR'), name='projects_measure_counted_since_a_day'),
            ),
            migrations.AddConstraint(
                model_name='measure',
                constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', True), ('state', 'done'), _connector='OR'), name='projects_measure_done_on_when_done'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measure',
                trigger=pgtrigger.compiler.Trigger(name='owned_once_approved', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."responsible_id" IS NULL)', func="\n                    PERFORM 1 FROM projects_programme p\n                        JOIN projects_goal g ON g.programme_id = p.id\n                        WHERE g.id = NEW.goal_id AND p.stage = 'approved' FOR SHARE OF p;\n                    IF FOUND THEN\n                        RAISE EXCEPTION 'a measure of an approved programme needs an owner'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='d0aeb1b2c64f663a4522169bb454e560013fc49a', operation='INSERT OR UPDATE', pgid='pgtrigger_owned_once_approved_c3ce3', table='projects_measure', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measure',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_measureevent" ("achieved", "continues_id", "count_by", "count_lost_on", "count_words", "counted_since", "counts", "done_on", "ends_on", "follow_up_en", "follow_up_fi", "follow_up_sv", "goal_id", "id", "indicator_en", "indicator_fi", "indicator_sv", "note_en", "note_fi", "note_sv", "number", "others_en", "others_fi", "others_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "public_id", "responsible_id", "starts_on", "state", "target", "title_en", "title_fi", "title_sv", "told_late_of") VALUES (NEW."achieved", NEW."continues_id", NEW."count_by", NEW."count_lost_on", NEW."count_words", NEW."counted_since", NEW."counts", NEW."done_on", NEW."ends_on", NEW."follow_up_en", NEW."follow_up_fi", NEW."follow_up_sv", NEW."goal_id", NEW."id", NEW."indicator_en", NEW."indicator_fi", NEW."indicator_sv", NEW."note_en", NEW."note_fi", NEW."note_sv", NEW."number", NEW."others_en", NEW."others_fi", NEW."others_sv", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."progress", NEW."public_id", NEW."responsible_id", NEW."starts_on", NEW."state", NEW."target", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."told_late_of"); RETURN NULL;', hash='6a5c9f546914c94d31953a24b65961f7c3e657ba', operation='INSERT', pgid='pgtrigger_insert_insert_bcf95', table='projects_measure', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measure',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."achieved" IS DISTINCT FROM (NEW."achieved") OR OLD."continues_id" IS DISTINCT FROM (NEW."continues_id") OR OLD."count_by" IS DISTINCT FROM (NEW."count_by") OR OLD."count_lost_on" IS DISTINCT FROM (NEW."count_lost_on") OR OLD."count_words" IS DISTINCT FROM (NEW."count_words") OR OLD."counted_since" IS DISTINCT FROM (NEW."counted_since") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."follow_up_en" IS DISTINCT FROM (NEW."follow_up_en") OR OLD."follow_up_fi" IS DISTINCT FROM (NEW."follow_up_fi") OR OLD."follow_up_sv" IS DISTINCT FROM (NEW."follow_up_sv") OR OLD."goal_id" IS DISTINCT FROM (NEW."goal_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator_en" IS DISTINCT FROM (NEW."indicator_en") OR OLD."indicator_fi" IS DISTINCT FROM (NEW."indicator_fi") OR OLD."indicator_sv" IS DISTINCT FROM (NEW."indicator_sv") OR OLD."note_en" IS DISTINCT FROM (NEW."note_en") OR OLD."note_fi" IS DISTINCT FROM (NEW."note_fi") OR OLD."note_sv" IS DISTINCT FROM (NEW."note_sv") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."others_en" IS DISTINCT FROM (NEW."others_en") OR OLD."others_fi" IS DISTINCT FROM (NEW."others_fi") OR OLD."others_sv" IS DISTINCT FROM (NEW."others_sv") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."told_late_of" IS DISTINCT FROM (NEW."told_late_of"))', func='INSERT INTO "projects_measureevent" ("achieved", "continues_id", "count_by", "count_lost_on", "count_words", "counted_since", "counts", "done_on", "ends_on", "follow_up_en", "follow_up_fi", "follow_up_sv", "goal_id", "id", "indicator_en", "indicator_fi", "indicator_sv", "note_en", "note_fi", "note_sv", "number", "others_en", "others_fi", "others_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "public_id", "responsible_id", "starts_on", "state", "target", "title_en", "title_fi", "title_sv", "told_late_of") VALUES (NEW."achieved", NEW."continues_id", NEW."count_by", NEW."count_lost_on", NEW."count_words", NEW."counted_since", NEW."counts", NEW."done_on", NEW."ends_on", NEW."follow_up_en", NEW."follow_up_fi", NEW."follow_up_sv", NEW."goal_id", NEW."id", NEW."indicator_en", NEW."indicator_fi", NEW."indicator_sv", NEW."note_en", NEW."note_fi", NEW."note_sv", NEW."number", NEW."others_en", NEW."others_fi", NEW."others_sv", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."progress", NEW."public_id", NEW."responsible_id", NEW."starts_on", NEW."state", NEW."target", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."told_late_of"); RETURN NULL;', hash='a119840447638e9e8e49ae412a64aac7c9ffc61b', operation='UPDATE', pgid='pgtrigger_update_update_6de09', table='projects_measure', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measure',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_measureevent" ("achieved", "continues_id", "count_by", "count_lost_on", "count_words", "counted_since", "counts", "done_on", "ends_on", "follow_up_en", "follow_up_fi", "follow_up_sv", "goal_id", "id", "indicator_en", "indicator_fi", "indicator_sv", "note_en", "note_fi", "note_sv", "number", "others_en", "others_fi", "others_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "public_id", "responsible_id", "starts_on", "state", "target", "title_en", "title_fi", "title_sv", "told_late_of") VALUES (OLD."achieved", OLD."continues_id", OLD."count_by", OLD."count_lost_on", OLD."count_words", OLD."counted_since", OLD."counts", OLD."done_on", OLD."ends_on", OLD."follow_up_en", OLD."follow_up_fi", OLD."follow_up_sv", OLD."goal_id", OLD."id", OLD."indicator_en", OLD."indicator_fi", OLD."indicator_sv", OLD."note_en", OLD."note_fi", OLD."note_sv", OLD."number", OLD."others_en", OLD."others_fi", OLD."others_sv", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."progress", OLD."public_id", OLD."responsible_id", OLD."starts_on", OLD."state", OLD."target", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."told_late_of"); RETURN NULL;', hash='9fd747928e5575a7ed839a4d4826edbc3559521a', operation='DELETE', pgid='pgtrigger_delete_delete_a1c48', table='projects_measure', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9a84d5785d08eb968a0e51c8714b288c60177de6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4deca', table='projects_measureevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureimplementersevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8192a08f2a6c5e39a4cdfccacb4bb2503f0398f1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_51068', table='projects_measureimplementersevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='permitevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='d1f73c72d80ef1a6ce896f3c5c2aefa883359733', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c0a9b', table='projects_permitevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='permit',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['needed', 'applied', 'granted', 'refused', 'not_needed'])), name='projects_permit_state_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='permit',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_permitevent" ("granted_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "state") VALUES (NEW."granted_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."state"); RETURN NULL;', hash='c55375279823d9d108fbee132efdfdfa31abc130', operation='INSERT', pgid='pgtrigger_insert_insert_bff9a', table='projects_permit', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='permit',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_permitevent" ("granted_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "state") VALUES (NEW."granted_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."state"); RETURN NULL;', hash='5b012d6a334e4e3087ddd41f3003e66ca01d7139', operation='UPDATE', pgid='pgtrigger_update_update_15acc', table='projects_permit', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='permit',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_permitevent" ("granted_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "state") VALUES (OLD."granted_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."state"); RETURN NULL;', hash='11abf73fc93c4d992a4fa89d8e5c23619a705e22', operation='DELETE', pgid='pgtrigger_delete_delete_a47b3', table='projects_permit', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='learningevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='751b036baa37e06a52773eceb6e062d0009eb4aa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8309c', table='projects_learningevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='learning',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_learning_search'),
            ),
            migrations.AddConstraint(
                model_name='learning',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advice', 'worked', 'failed'])), name='projects_learning_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='learning',
                constraint=models.UniqueConstraint(fields=('pilot', 'number'), name='projects_learning_number_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='learning',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_learningevent" ("author_id", "created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "text", "title") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."text", NEW."title"); RETURN NULL;', hash='176ee3dd33b0267de015e53dfdccd18e18194133', operation='INSERT', pgid='pgtrigger_insert_insert_5608d', table='projects_learning', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='learning',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."pilot_id" IS DISTINCT FROM (NEW."pilot_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "projects_learningevent" ("author_id", "created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "text", "title") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."text", NEW."title"); RETURN NULL;', hash='a29e416518f1cb21dac6bd6e197b88c958b22967', operation='UPDATE', pgid='pgtrigger_update_update_902fe', table='projects_learning', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='learning',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_learningevent" ("author_id", "created_at", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "text", "title") VALUES (OLD."author_id", OLD."created_at", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."text", OLD."title"); RETURN NULL;', hash='d7eb1d208174ecd88862f8c8023a51d13ec63174', operation='DELETE', pgid='pgtrigger_delete_delete_0cdf2', table='projects_learning', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='pilotmaker',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'solution', 'tester', 'research', 'support'])), name='projects_pilotmaker_role_known'),
            ),
            migrations.AddConstraint(
                model_name='pilotmaker',
                constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['asked', 'accepted', 'declined'])), name='projects_pilotmaker_answer_known'),
            ),
            migrations.AddConstraint(
                model_name='pilotmaker',
                constraint=models.UniqueConstraint(fields=('pilot', 'organisation'), name='projects_pilotmaker_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotmaker',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotmakerevent" ("answer", "asked_by_id", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "role") VALUES (NEW."answer", NEW."asked_by_id", NEW."created_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."role"); RETURN NULL;', hash='33ae735a05247c537f31ef4e066c2185d890992e', operation='INSERT', pgid='pgtrigger_insert_insert_36796', table='projects_pilotmaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotmaker',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_pilotmakerevent" ("answer", "asked_by_id", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "role") VALUES (NEW."answer", NEW."asked_by_id", NEW."created_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."role"); RETURN NULL;', hash='b40bf4cc5d81821636e3f966d92a20b6c6cc8eba', operation='UPDATE', pgid='pgtrigger_update_update_b4c16', table='projects_pilotmaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotmaker',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotmakerevent" ("answer", "asked_by_id", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "role") VALUES (OLD."answer", OLD."asked_by_id", OLD."created_at", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."role"); RETURN NULL;', hash='20f60b80b90a27cd4e0b32455cebfaeedc9ae799', operation='DELETE', pgid='pgtrigger_delete_delete_b094a', table='projects_pilotmaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotmakerevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9c9bb0f4f5a18fa4e690277965991df5678b8ca8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e836c', table='projects_pilotmakerevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotmeasuresevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5971a4262c18ef9fc41f2e59c5123d6a1d1abe00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1355', table='projects_pilotmeasuresevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilottermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='10f546e2b4c05d58bd7adaa5f6b7a0bff957c65a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_219eb', table='projects_pilottermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='pilotvalue',
                constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='projects_pilotvalue_not_negative'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotvalue',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotvalueevent" ("id", "is_before", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "value") VALUES (NEW."id", NEW."is_before", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."value"); RETURN NULL;', hash='99c6c2139b140b106c427abd5b9cd48f198c643e', operation='INSERT', pgid='pgtrigger_insert_insert_3c4c1', table='projects_pilotvalue', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotvalue',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_pilotvalueevent" ("id", "is_before", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "value") VALUES (NEW."id", NEW."is_before", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."value"); RETURN NULL;', hash='8a3bfad0cd98db28f0be0aa0cac367742a3026a0', operation='UPDATE', pgid='pgtrigger_update_update_5bfea', table='projects_pilotvalue', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotvalue',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotvalueevent" ("id", "is_before", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "value") VALUES (OLD."id", OLD."is_before", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."value"); RETURN NULL;', hash='8dbdbfe85893e1bd77afab727e52e356db6eca7f', operation='DELETE', pgid='pgtrigger_delete_delete_8af52', table='projects_pilotvalue', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotvalueevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='256e0155bbe93ffebfe10df0376a0a00003c59dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2c59b', table='projects_pilotvalueevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'approved', 'replaced'])), name='projects_programme_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_programme_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.UniqueConstraint(fields=('home_cluster', 'version'), name='projects_programme_version_once'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'approved')), fields=('home_cluster',), name='projects_programme_one_approved'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'draft')), fields=('home_cluster',), name='projects_programme_one_draft', violation_error_message='The cluster already has a draft of the next version.'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.CheckConstraint(condition=models.Q(('stage', 'draft'), models.Q(('approved_on__isnull', False), ('organisation__isnull', False)), _connector='OR'), name='projects_programme_approved_is_maintained'),
            ),
            migrations.AddConstraint(
                model_name='programme',
                constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='projects_programme_version_positive'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='owners_before_approval', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."stage" = \'approved\' AND OLD."stage" = \'draft\')', func="\n                    IF EXISTS (\n                        SELECT 1 FROM projects_measure m JOIN projects_goal g ON g.id = m.goal_id\n                        WHERE g.programme_id = NEW.id AND m.responsible_id IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a measure of programme % has no owner', NEW.id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9bc51f0ebacca34e28c3d5d6f3dda5602b39330d', operation='UPDATE', pgid='pgtrigger_owners_before_approval_7ef35', table='projects_programme', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_programmeevent" ("approved_by_id", "approved_on", "comments_of_members", "comments_until", "created_at", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "version", "visibility") VALUES (NEW."approved_by_id", NEW."approved_on", NEW."comments_of_members", NEW."comments_until", NEW."created_at", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='d9ce058e240e32839db1f39df507d40ea830ea00', operation='INSERT', pgid='pgtrigger_insert_insert_e4da0', table='projects_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_programmeevent" ("approved_by_id", "approved_on", "comments_of_members", "comments_until", "created_at", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "version", "visibility") VALUES (NEW."approved_by_id", NEW."approved_on", NEW."comments_of_members", NEW."comments_until", NEW."created_at", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='d44d8f7d6b4a0a34cc221083a9f2a2bf80009f58', operation='UPDATE', pgid='pgtrigger_update_update_6c4d5', table='projects_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_programmeevent" ("approved_by_id", "approved_on", "comments_of_members", "comments_until", "created_at", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "version", "visibility") VALUES (OLD."approved_by_id", OLD."approved_on", OLD."comments_of_members", OLD."comments_until", OLD."created_at", OLD."home_cluster_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."version", OLD."visibility"); RETURN NULL;', hash='332f0075bfe4fd6e8f1a6442069fde8801ff2d57', operation='DELETE', pgid='pgtrigger_delete_delete_12dcf', table='projects_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='mandateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='368464d7c7e8f5cdac4a6a89a5f97cc07e255fc4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4628c', table='projects_mandateevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='mandate',
                constraint=models.CheckConstraint(condition=models.Q(('authority__isnull', False), models.Q(('authority_words', ''), _negated=True), _connector='OR'), name='projects_mandate_names_the_authority', violation_error_message='Name the authority in charge.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='mandate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_mandateevent" ("authority_id", "authority_words", "continues_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "role_en", "role_fi", "role_sv", "task_en", "task_fi", "task_sv", "updated_at") VALUES (NEW."authority_id", NEW."authority_words", NEW."continues_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."role_en", NEW."role_fi", NEW."role_sv", NEW."task_en", NEW."task_fi", NEW."task_sv", NEW."updated_at"); RETURN NULL;', hash='156b24467bca1ad670b7ef5c886818e9b2f1ade2', operation='INSERT', pgid='pgtrigger_insert_insert_459a9', table='projects_mandate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='mandate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_mandateevent" ("authority_id", "authority_words", "continues_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "role_en", "role_fi", "role_sv", "task_en", "task_fi", "task_sv", "updated_at") VALUES (NEW."authority_id", NEW."authority_words", NEW."continues_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."role_en", NEW."role_fi", NEW."role_sv", NEW."task_en", NEW."task_fi", NEW."task_sv", NEW."updated_at"); RETURN NULL;', hash='6f9406e7ab23b23f489195284c1fedf271fce20e', operation='UPDATE', pgid='pgtrigger_update_update_1a33c', table='projects_mandate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='mandate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_mandateevent" ("authority_id", "authority_words", "continues_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "role_en", "role_fi", "role_sv", "task_en", "task_fi", "task_sv", "updated_at") VALUES (OLD."authority_id", OLD."authority_words", OLD."continues_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id", OLD."role_en", OLD."role_fi", OLD."role_sv", OLD."task_en", OLD."task_fi", OLD."task_sv", OLD."updated_at"); RETURN NULL;', hash='067df3b42026bd63964c7ac86ce3bb6e7f1f9227', operation='DELETE', pgid='pgtrigger_delete_delete_8f322', table='projects_mandate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influencegoalevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2bd3d124edc3940c85d6b87e74011a2c91ad1ef4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1aa66', table='projects_influencegoalevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='influencegoal',
                constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='projects_influencegoal_not_its_own_part'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influencegoal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_influencegoalevent" ("channel", "continues_id", "created_at", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "target", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."channel", NEW."continues_id", NEW."created_at", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."target", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='b9bc8aeb70a0c1a757e6a31dc264aedb4f945f02', operation='INSERT', pgid='pgtrigger_insert_insert_0ca31', table='projects_influencegoal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influencegoal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_influencegoalevent" ("channel", "continues_id", "created_at", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "target", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."channel", NEW."continues_id", NEW."created_at", NEW."id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."target", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='abd3511b67cdf4cdd6217e3572ef68ed5eb57e07', operation='UPDATE', pgid='pgtrigger_update_update_4609c', table='projects_influencegoal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influencegoal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_influencegoalevent" ("channel", "continues_id", "created_at", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "target", "title_en", "title_fi", "title_sv", "updated_at") VALUES (OLD."channel", OLD."continues_id", OLD."created_at", OLD."id", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id", OLD."target", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at"); RETURN NULL;', hash='7e061c5c8bfe1ad068b10d035d42a5149c5a749b', operation='DELETE', pgid='pgtrigger_delete_delete_64695', table='projects_influencegoal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goalevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9dd76fc5884f81edf3fc4875a2016dc0d0ec1325', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c272', table='projects_goalevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='goal',
                constraint=models.UniqueConstraint(fields=('programme', 'number'), name='projects_goal_number_once'),
            ),
            migrations.AddConstraint(
                model_name='goal',
                constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='projects_goal_number_positive'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_goalevent" ("aim_en", "aim_fi", "aim_sv", "continues_id", "created_at", "description_en", "description_fi", "description_sv", "example_en", "example_fi", "example_sv", "id", "lead_region_id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."aim_en", NEW."aim_fi", NEW."aim_sv", NEW."continues_id", NEW."created_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."example_en", NEW."example_fi", NEW."example_sv", NEW."id", NEW."lead_region_id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='47f86c548961db830a17027d9a37b604d739ecc6', operation='INSERT', pgid='pgtrigger_insert_insert_8220d', table='projects_goal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_goalevent" ("aim_en", "aim_fi", "aim_sv", "continues_id", "created_at", "description_en", "description_fi", "description_sv", "example_en", "example_fi", "example_sv", "id", "lead_region_id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."aim_en", NEW."aim_fi", NEW."aim_sv", NEW."continues_id", NEW."created_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."example_en", NEW."example_fi", NEW."example_sv", NEW."id", NEW."lead_region_id", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='86b5dc56534c8a56821821621d2efdc36e7d2d83', operation='UPDATE', pgid='pgtrigger_update_update_38581', table='projects_goal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='goal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_goalevent" ("aim_en", "aim_fi", "aim_sv", "continues_id", "created_at", "description_en", "description_fi", "description_sv", "example_en", "example_fi", "example_sv", "id", "lead_region_id", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title_en", "title_fi", "title_sv", "updated_at") VALUES (OLD."aim_en", OLD."aim_fi", OLD."aim_sv", OLD."continues_id", OLD."created_at", OLD."description_en", OLD."description_fi", OLD."description_sv", OLD."example_en", OLD."example_fi", OLD."example_sv", OLD."id", OLD."lead_region_id", OLD."number", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at"); RETURN NULL;', hash='4ff5e9fc39ef1405d6f527c37ea0636bcf1ea2c8', operation='DELETE', pgid='pgtrigger_delete_delete_5a505', table='projects_goal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='commentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='36c530dd3099b94326e5fe7575bbb816331aa918', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f8b9e', table='projects_commentevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='comment',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['comment', 'goal'])), name='projects_comment_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='comment',
                constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['new', 'taken', 'noted'])), name='projects_comment_outcome_known'),
            ),
            migrations.AddConstraint(
                model_name='comment',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='projects_comment_says_something'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_commentevent" ("answer", "author_id", "goal_id", "id", "kind", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "written_at") VALUES (NEW."answer", NEW."author_id", NEW."goal_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."text", NEW."written_at"); RETURN NULL;', hash='6a87cb7434c7e64f829455f3fb83f6affb22cac8', operation='INSERT', pgid='pgtrigger_insert_insert_a6c1a', table='projects_comment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."goal_id" IS DISTINCT FROM (NEW."goal_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))', func='INSERT INTO "projects_commentevent" ("answer", "author_id", "goal_id", "id", "kind", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "written_at") VALUES (NEW."answer", NEW."author_id", NEW."goal_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."text", NEW."written_at"); RETURN NULL;', hash='e96f029b1039ca6833f8c0dbe2a1a5375c859197', operation='UPDATE', pgid='pgtrigger_update_update_ee88c', table='projects_comment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_commentevent" ("answer", "author_id", "goal_id", "id", "kind", "organisation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "text", "written_at") VALUES (OLD."answer", OLD."author_id", OLD."goal_id", OLD."id", OLD."kind", OLD."organisation_id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."text", OLD."written_at"); RETURN NULL;', hash='dabc871de46026c6abbdb8b21337d75180e7989c', operation='DELETE', pgid='pgtrigger_delete_delete_18fcf', table='projects_comment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmecommentersevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='08446f959642b318ec7560e1e72eefe5f79b1a78', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0cfd', table='projects_programmecommentersevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ce1e4f45e85a343d3732baa7cee56fb4925957fa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73b9d', table='projects_programmeevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmetalksevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f2ec791f78949f12c4f42542edd87ac90938ad08', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ee5d', table='projects_programmetalksevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='project',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_project_search'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['idea', 'preparing', 'applied', 'completion', 'granted', 'rejected', 'withdrawn', 'not_applied', 'running', 'amendment', 'closing', 'reported', 'ended', 'follow_up', 'discontinued'])), name='projects_project_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_project_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ['', 'erdf', 'esf', 'jtf', 'akke', 'interreg', 'horizon', 'edf', 'business_finland', 'academy', 'vn_teas', 'matine', 'fire_fund', 'internal_security', 'foundation', 'other'])), name='projects_project_instrument_known'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_project_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['calls', 'challenges', 'documents', 'feed', 'funding', 'initiatives', 'messages', 'new', 'partners', 'pilots', 'programme', 'propose', 'results', 'search', 'testbeds', 'thread']), _negated=True), name='projects_project_slug_not_reserved'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['regional', 'national', 'international'])), name='projects_project_scopes_known'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('size_cents', None), ('size_cents__lte', 10000000000000), _connector='OR'), name='projects_project_size_sane'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('trl_now', None), models.Q(('trl_now__gte', 1), ('trl_now__lte', 9)), _connector='OR'), models.Q(('trl_goal', None), models.Q(('trl_goal__gte', 1), ('trl_goal__lte', 9)), _connector='OR')), name='projects_project_trl_in_scale'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', False), ('stage', 'idea'), _connector='OR'), name='projects_project_only_ideas_are_drafts'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectevent" ("aim", "author_id", "call_id", "code", "created_at", "description_en", "description_fi", "description_sv", "duration_months", "ends_on", "form_key", "from_need_id", "funder_id", "home_cluster_id", "id", "instrument", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_asked_at", "published_at", "roles_by", "scopes", "sent_at", "size_cents", "slug", "stage", "starts_on", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "trl_goal", "trl_now", "updated_at", "visibility") VALUES (NEW."aim", NEW."author_id", NEW."call_id", NEW."code", NEW."created_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."duration_months", NEW."ends_on", NEW."form_key", NEW."from_need_id", NEW."funder_id", NEW."home_cluster_id", NEW."id", NEW."instrument", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_asked_at", NEW."published_at", NEW."roles_by", NEW."scopes", NEW."sent_at", NEW."size_cents", NEW."slug", NEW."stage", NEW."starts_on", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."trl_goal", NEW."trl_now", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='449b66ea0870fe1c5fcbd7d655e46d2f54c65a38', operation='INSERT', pgid='pgtrigger_insert_insert_2e147', table='projects_project', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."aim" IS DISTINCT FROM (NEW."aim") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."description_fi" IS DISTINCT FROM (NEW."description_fi") OR OLD."description_sv" IS DISTINCT FROM (NEW."description_sv") OR OLD."duration_months" IS DISTINCT FROM (NEW."duration_months") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."from_need_id" IS DISTINCT FROM (NEW."from_need_id") OR OLD."funder_id" IS DISTINCT FROM (NEW."funder_id") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrument" IS DISTINCT FROM (NEW."instrument") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."public_asked_at" IS DISTINCT FROM (NEW."public_asked_at") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."roles_by" IS DISTINCT FROM (NEW."roles_by") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."size_cents" IS DISTINCT FROM (NEW."size_cents") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."trl_goal" IS DISTINCT FROM (NEW."trl_goal") OR OLD."trl_now" IS DISTINCT FROM (NEW."trl_now") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "projects_projectevent" ("aim", "author_id", "call_id", "code", "created_at", "description_en", "description_fi", "description_sv", "duration_months", "ends_on", "form_key", "from_need_id", "funder_id", "home_cluster_id", "id", "instrument", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_asked_at", "published_at", "roles_by", "scopes", "sent_at", "size_cents", "slug", "stage", "starts_on", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "trl_goal", "trl_now", "updated_at", "visibility") VALUES (NEW."aim", NEW."author_id", NEW."call_id", NEW."code", NEW."created_at", NEW."description_en", NEW."description_fi", NEW."description_sv", NEW."duration_months", NEW."ends_on", NEW."form_key", NEW."from_need_id", NEW."funder_id", NEW."home_cluster_id", NEW."id", NEW."instrument", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_asked_at", NEW."published_at", NEW."roles_by", NEW."scopes", NEW."sent_at", NEW."size_cents", NEW."slug", NEW."stage", NEW."starts_on", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."trl_goal", NEW."trl_now", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='824335b316bc9f2bebf3e6b93e629059b0556d65', operation='UPDATE', pgid='pgtrigger_update_update_804c3', table='projects_project', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectevent" ("aim", "author_id", "call_id", "code", "created_at", "description_en", "description_fi", "description_sv", "duration_months", "ends_on", "form_key", "from_need_id", "funder_id", "home_cluster_id", "id", "instrument", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_asked_at", "published_at", "roles_by", "scopes", "sent_at", "size_cents", "slug", "stage", "starts_on", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "trl_goal", "trl_now", "updated_at", "visibility") VALUES (OLD."aim", OLD."author_id", OLD."call_id", OLD."code", OLD."created_at", OLD."description_en", OLD."description_fi", OLD."description_sv", OLD."duration_months", OLD."ends_on", OLD."form_key", OLD."from_need_id", OLD."funder_id", OLD."home_cluster_id", OLD."id", OLD."instrument", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_asked_at", OLD."published_at", OLD."roles_by", OLD."scopes", OLD."sent_at", OLD."size_cents", OLD."slug", OLD."stage", OLD."starts_on", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."trl_goal", OLD."trl_now", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='abde9a6a235b8202879bba87f211abc31f26d06c', operation='DELETE', pgid='pgtrigger_delete_delete_2192f', table='projects_project', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='40a6406c6028cb6c27cf794c72b54948fecc2e76', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_865aa', table='projects_discussionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='discussion',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='projects_discussion_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_discussionevent" ("author_id", "form_key", "id", "last_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "title") VALUES (NEW."author_id", NEW."form_key", NEW."id", NEW."last_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."title"); RETURN NULL;', hash='06831c34b26c34be68801e81987b33877dcbb463', operation='INSERT', pgid='pgtrigger_insert_insert_20bf1', table='projects_discussion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_discussionevent" ("author_id", "form_key", "id", "last_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "title") VALUES (NEW."author_id", NEW."form_key", NEW."id", NEW."last_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."title"); RETURN NULL;', hash='6589e8fe05e205175e23a21930290eb35a116498', operation='UPDATE', pgid='pgtrigger_update_update_afc6a', table='projects_discussion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='discussion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_discussionevent" ("author_id", "form_key", "id", "last_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "title") VALUES (OLD."author_id", OLD."form_key", OLD."id", OLD."last_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."title"); RETURN NULL;', hash='ac1da52d0cbd985ddc7f57c86b19c3b33638ab5e', operation='DELETE', pgid='pgtrigger_delete_delete_a9436', table='projects_discussion', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='callfit',
                constraint=models.UniqueConstraint(fields=('call', 'project'), name='projects_callfit_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='businessoutcomeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='eb2d54e6fbc96ac0911b55d11d4725f338c80c50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cdd56', table='projects_businessoutcomeevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='businessoutcome',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['product', 'contract', 'company', 'patent', 'pilot', 'jobs'])), name='projects_businessoutcome_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='businessoutcome',
                constraint=models.CheckConstraint(condition=models.Q(('value__in', ['unknown', 'small', 'medium', 'large', 'largest'])), name='projects_businessoutcome_value_known'),
            ),
            migrations.AddConstraint(
                model_name='businessoutcome',
                constraint=models.CheckConstraint(condition=models.Q(('count__range', (1, 999)), ('year__range', (2011, 2100))), name='projects_businessoutcome_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='businessoutcome',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_businessoutcomeevent" ("count", "created_at", "form_key", "home_cluster_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "teller_id", "value", "year") VALUES (NEW."count", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."teller_id", NEW."value", NEW."year"); RETURN NULL;', hash='d4c8d8fbae05d33e512059ee8f67fad70a85cd37', operation='INSERT', pgid='pgtrigger_insert_insert_c9e6e', table='projects_businessoutcome', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='businessoutcome',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_businessoutcomeevent" ("count", "created_at", "form_key", "home_cluster_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "teller_id", "value", "year") VALUES (NEW."count", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."teller_id", NEW."value", NEW."year"); RETURN NULL;', hash='e1e4badbd97fbc34c5d2926ee15cc1af537c6522', operation='UPDATE', pgid='pgtrigger_update_update_95846', table='projects_businessoutcome', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='businessoutcome',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_businessoutcomeevent" ("count", "created_at", "form_key", "home_cluster_id", "id", "kind", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "teller_id", "value", "year") VALUES (OLD."count", OLD."created_at", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."kind", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."teller_id", OLD."value", OLD."year"); RETURN NULL;', hash='6abee83167e9cd60d0b9ed89bf4fb0cc54cbf42b', operation='DELETE', pgid='pgtrigger_delete_delete_2ddf0', table='projects_businessoutcome', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='budgetevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3019eca3a63d9db346328795591971e44b494a23', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a891b', table='projects_budgetevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.CheckConstraint(condition=models.Q(('cost_model__in', ['fr40', 'fr7', 'fr1_5', 'fr25', 'lump', 'actual'])), name='projects_budget_cost_model_known'),
            ),
            migrations.AddConstraint(
                model_name='budget',
                constraint=models.CheckConstraint(condition=models.Q(('rounding__in', ['truncate', 'cents'])), name='projects_budget_rounding_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_budgetevent" ("cost_model", "id", "is_public", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "rounding", "updated_at") VALUES (NEW."cost_model", NEW."id", NEW."is_public", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."rounding", NEW."updated_at"); RETURN NULL;', hash='14a31d0731ccb0a65596dbcdb90c5c4a0967d359', operation='INSERT', pgid='pgtrigger_insert_insert_9bd8b', table='projects_budget', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_budgetevent" ("cost_model", "id", "is_public", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "rounding", "updated_at") VALUES (NEW."cost_model", NEW."id", NEW."is_public", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."rounding", NEW."updated_at"); RETURN NULL;', hash='ac5fe9941527504e01de94cb587f7130a794624e', operation='UPDATE', pgid='pgtrigger_update_update_b3f70', table='projects_budget', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_budgetevent" ("cost_model", "id", "is_public", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "rounding", "updated_at") VALUES (OLD."cost_model", OLD."id", OLD."is_public", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."rounding", OLD."updated_at"); RETURN NULL;', hash='288bc6e6915e5b724f7c62f3ef8edf6b67531649', operation='DELETE', pgid='pgtrigger_delete_delete_d8fde', table='projects_budget', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2fb69f15b01512efdb9c4d828d1516d56c0b8c90', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_79ee1', table='projects_applicationevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'submitted', 'completion', 'granted', 'rejected', 'withdrawn'])), name='projects_application_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('amount_cents', None), ('amount_cents__lte', 10000000000000), _connector='OR'), name='projects_application_amount_sane'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('granted_cents', None), models.Q(('granted_cents__lte', 10000000000000), ('stage', 'granted')), _connector='OR'), name='projects_application_granted_sane'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['completion', 'granted', 'rejected', 'submitted']), _negated=True), ('submitted_on__isnull', False), _connector='OR'), name='projects_application_sent_has_day'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['granted', 'rejected']), _negated=True), ('decided_on__isnull', False), _connector='OR'), name='projects_application_decided_has_day'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('decided_on__gte', models.F('submitted_on')), ('decided_on__isnull', True), ('submitted_on__isnull', True), _connector='OR'), name='projects_application_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'withdrawn'), _negated=True), fields=('project', 'call'), name='projects_application_one_to_a_call'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_applicationevent" ("aim", "amount_cents", "call_id", "created_at", "decided_on", "duration_months", "funder", "granted_cents", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "project_id", "public_id", "stage", "submitted_on", "summary", "title", "updated_at") VALUES (NEW."aim", NEW."amount_cents", NEW."call_id", NEW."created_at", NEW."decided_on", NEW."duration_months", NEW."funder", NEW."granted_cents", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan", NEW."project_id", NEW."public_id", NEW."stage", NEW."submitted_on", NEW."summary", NEW."title", NEW."updated_at"); RETURN NULL;', hash='a9db20affe2cac15e736e781d1854821492579d6', operation='INSERT', pgid='pgtrigger_insert_insert_ff4fa', table='projects_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_applicationevent" ("aim", "amount_cents", "call_id", "created_at", "decided_on", "duration_months", "funder", "granted_cents", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "project_id", "public_id", "stage", "submitted_on", "summary", "title", "updated_at") VALUES (NEW."aim", NEW."amount_cents", NEW."call_id", NEW."created_at", NEW."decided_on", NEW."duration_months", NEW."funder", NEW."granted_cents", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan", NEW."project_id", NEW."public_id", NEW."stage", NEW."submitted_on", NEW."summary", NEW."title", NEW."updated_at"); RETURN NULL;', hash='78c85d55e2679ea331814f67b0c1b1a92863f619', operation='UPDATE', pgid='pgtrigger_update_update_3bd79', table='projects_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_applicationevent" ("aim", "amount_cents", "call_id", "created_at", "decided_on", "duration_months", "funder", "granted_cents", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "project_id", "public_id", "stage", "submitted_on", "summary", "title", "updated_at") VALUES (OLD."aim", OLD."amount_cents", OLD."call_id", OLD."created_at", OLD."decided_on", OLD."duration_months", OLD."funder", OLD."granted_cents", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan", OLD."project_id", OLD."public_id", OLD."stage", OLD."submitted_on", OLD."summary", OLD."title", OLD."updated_at"); RETURN NULL;', hash='0c992916c5fbe132fa9a3a9617bdf1427383b532', operation='DELETE', pgid='pgtrigger_delete_delete_e5b13', table='projects_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='amendmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='dd9fd1cc6cdd48d9e8789088c2d9f1ed4c3b6bee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8fd92', table='projects_amendmentevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='amendment',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['asked', 'granted', 'rejected', 'withdrawn'])), name='projects_amendment_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='amendment',
                constraint=models.CheckConstraint(condition=models.Q(('decided_on__gte', models.F('asked_on')), ('decided_on__isnull', True), ('asked_on__isnull', True), _connector='OR'), name='projects_amendment_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='amendment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('stage', 'asked')), models.Q(models.Q(('stage', 'asked'), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='projects_amendment_decided_has_day'),
            ),
            migrations.AddConstraint(
                model_name='amendment',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'asked')), fields=('project',), name='projects_amendment_one_at_a_time'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='amendment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_amendmentevent" ("asked_on", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "updated_at", "what", "why") VALUES (NEW."asked_on", NEW."decided_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."stage", NEW."updated_at", NEW."what", NEW."why"); RETURN NULL;', hash='88ca8ddc9f0c8678ef5a747ae5619bbe4f38740b', operation='INSERT', pgid='pgtrigger_insert_insert_da90f', table='projects_amendment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='amendment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_amendmentevent" ("asked_on", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "updated_at", "what", "why") VALUES (NEW."asked_on", NEW."decided_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."stage", NEW."updated_at", NEW."what", NEW."why"); RETURN NULL;', hash='8b8691741c2398f62bbee1ee67ca603900c0434f', operation='UPDATE', pgid='pgtrigger_update_update_44d74', table='projects_amendment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='amendment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_amendmentevent" ("asked_on", "decided_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "updated_at", "what", "why") VALUES (OLD."asked_on", OLD."decided_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."stage", OLD."updated_at", OLD."what", OLD."why"); RETURN NULL;', hash='437252f37bfaee38f7ae1cd92438010b720c61a9', operation='DELETE', pgid='pgtrigger_delete_delete_7e3af', table='projects_amendment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectchallengesevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8c7319edad2aeef03e3fe375a5c3fea0d086d3af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6abf5', table='projects_projectchallengesevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='projectdocument',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__in', ['partners', 'members', 'public'])), name='projects_projectdocument_readers_known'),
            ),
            migrations.AddConstraint(
                model_name='projectdocument',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='projects_projectdocument_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectdocument',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectdocumentevent" ("author_id", "created_at", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "title", "updated_at") VALUES (NEW."author_id", NEW."created_at", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."read_by", NEW."title", NEW."updated_at"); RETURN NULL;', hash='b223e520b0321b6f94e2b1986a84093f274b4381', operation='INSERT', pgid='pgtrigger_insert_insert_693d1', table='projects_projectdocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectdocument',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_projectdocumentevent" ("author_id", "created_at", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "title", "updated_at") VALUES (NEW."author_id", NEW."created_at", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."read_by", NEW."title", NEW."updated_at"); RETURN NULL;', hash='b40904c73503c59605a49d14905c0d1e4786e110', operation='UPDATE', pgid='pgtrigger_update_update_3f849', table='projects_projectdocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectdocument',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectdocumentevent" ("author_id", "created_at", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "title", "updated_at") VALUES (OLD."author_id", OLD."created_at", OLD."form_key", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."read_by", OLD."title", OLD."updated_at"); RETURN NULL;', hash='0086b427cf051bc3a1a181306cc3244c47f6ef99', operation='DELETE', pgid='pgtrigger_delete_delete_7731d', table='projects_projectdocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='documentversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='301c6407e73a3fe4e17e529badc63e77abb6ece4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80467', table='projects_documentversionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='documentversion',
                constraint=models.UniqueConstraint(fields=('document', 'number'), name='projects_documentversion_number_once'),
            ),
            migrations.AddConstraint(
                model_name='documentversion',
                constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='projects_documentversion_number_sane'),
            ),
            migrations.AddConstraint(
                model_name='documentversion',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='projects_documentversion_name_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='documentversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_documentversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."document_id", NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='8e4257e84837551c3df5f41b80ad54b62d4646bb', operation='INSERT', pgid='pgtrigger_insert_insert_6b8f3', table='projects_documentversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='documentversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_documentversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."document_id", NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='ebd7b95049ca988a04ff050c42e909f64506f183', operation='UPDATE', pgid='pgtrigger_update_update_4d563', table='projects_documentversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='documentversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_documentversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (OLD."document_id", OLD."file", OLD."form_key", OLD."id", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sender_id", OLD."sent_at", OLD."size"); RETURN NULL;', hash='03419d66e4fafcad8cf28239818b6b22788ce251', operation='DELETE', pgid='pgtrigger_delete_delete_03b25', table='projects_documentversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectdocumentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='842f356fea2dd5ecc679c39328a0041c63addd6f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4f52', table='projects_projectdocumentevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='projecteditor',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['asked', 'accepted'])), name='projects_projecteditor_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='projecteditor',
                constraint=models.UniqueConstraint(fields=('project', 'user'), name='projects_projecteditor_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projecteditor',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projecteditorevent" ("asked_at", "id", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "user_id") VALUES (NEW."asked_at", NEW."id", NEW."named_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='ff9d9666572168bdd712e77cc2104a36e0afbe77', operation='INSERT', pgid='pgtrigger_insert_insert_b54ff', table='projects_projecteditor', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projecteditor',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_projecteditorevent" ("asked_at", "id", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "user_id") VALUES (NEW."asked_at", NEW."id", NEW."named_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='3d3e77e77d0a8b6ce487ffb105d3b63a3e584776', operation='UPDATE', pgid='pgtrigger_update_update_fef83', table='projects_projecteditor', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projecteditor',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projecteditorevent" ("asked_at", "id", "named_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "stage", "user_id") VALUES (OLD."asked_at", OLD."id", OLD."named_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."stage", OLD."user_id"); RETURN NULL;', hash='562d7dfed8ea03e545b739bcf9af89feab651458', operation='DELETE', pgid='pgtrigger_delete_delete_2fc0e', table='projects_projecteditor', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projecteditorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='96eb5c6799cd5349c170760894addf8f613e9bbb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_778a2', table='projects_projecteditorevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6bf3dfbdea6711d94373072688621af5172f9873', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bce67', table='projects_projectevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectlegacy',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectlegacyevent" ("id", "learnings", "no_result_reason", "operating_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "summary", "updated_at") VALUES (NEW."id", NEW."learnings", NEW."no_result_reason", NEW."operating_model", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."summary", NEW."updated_at"); RETURN NULL;', hash='433ffd81ffaff401346a02c2e8283f0008af7ac4', operation='INSERT', pgid='pgtrigger_insert_insert_11179', table='projects_projectlegacy', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectlegacy',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_projectlegacyevent" ("id", "learnings", "no_result_reason", "operating_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "summary", "updated_at") VALUES (NEW."id", NEW."learnings", NEW."no_result_reason", NEW."operating_model", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."summary", NEW."updated_at"); RETURN NULL;', hash='8f76247497ffcab1c84270df3a6f2f1619f7f5cf', operation='UPDATE', pgid='pgtrigger_update_update_c55b2', table='projects_projectlegacy', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectlegacy',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectlegacyevent" ("id", "learnings", "no_result_reason", "operating_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "summary", "updated_at") VALUES (OLD."id", OLD."learnings", OLD."no_result_reason", OLD."operating_model", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."summary", OLD."updated_at"); RETURN NULL;', hash='a5aa4b7aeb06ae8f1c47c8190143f1d467215726', operation='DELETE', pgid='pgtrigger_delete_delete_a2776', table='projects_projectlegacy', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectlegacyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5ee4996a054638f318420e8d6e0a39bd45001241', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_17ac8', table='projects_projectlegacyevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectmeasuresevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3240976ea9ec0c71459197abc5b29509f9376b2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aaec0', table='projects_projectmeasuresevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='projectstep',
                constraint=models.CheckConstraint(condition=models.Q(('precision__in', ['year', 'month', 'day'])), name='projects_projectstep_precision_known'),
            ),
            migrations.AddConstraint(
                model_name='projectstep',
                constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('on')), ('until__isnull', True), ('on__isnull', True), _connector='OR'), name='projects_projectstep_days_in_order'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectstep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectstepevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "project_id", "public_id", "text_en", "text_fi", "text_sv", "until", "updated_at") VALUES (NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."precision", NEW."project_id", NEW."public_id", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."until", NEW."updated_at"); RETURN NULL;', hash='cf0be487c4677713b79dd382fb010cccd593bf77', operation='INSERT', pgid='pgtrigger_insert_insert_f4ee2', table='projects_projectstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectstep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_projectstepevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "project_id", "public_id", "text_en", "text_fi", "text_sv", "until", "updated_at") VALUES (NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."precision", NEW."project_id", NEW."public_id", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."until", NEW."updated_at"); RETURN NULL;', hash='cace5f51fb6f2da803d77259772eac7daa0e8521', operation='UPDATE', pgid='pgtrigger_update_update_fd2e6', table='projects_projectstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectstep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_projectstepevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "project_id", "public_id", "text_en", "text_fi", "text_sv", "until", "updated_at") VALUES (OLD."id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."precision", OLD."project_id", OLD."public_id", OLD."text_en", OLD."text_fi", OLD."text_sv", OLD."until", OLD."updated_at"); RETURN NULL;', hash='a900eaf50ad21b8d3556e89b223c2f3b3251e6f2', operation='DELETE', pgid='pgtrigger_delete_delete_d0339', table='projects_projectstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projectstepevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='c48535d48542dee87cc418f427ea1a2836e02882', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6086', table='projects_projectstepevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='projecttermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ca362cbd23cdb60eb3116dea0c5e8effff2bab24', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d386', table='projects_projecttermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'sent', 'withdrawn', 'chosen', 'declined'])), name='projects_proposal_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.UniqueConstraint(fields=('challenge', 'organisation'), name='projects_proposal_one_each'),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.CheckConstraint(condition=models.Q(('price', ''), ('price__in', ['free', 'small', 'medium', 'large', 'largest']), _connector='OR'), name='projects_proposal_price_known'),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.CheckConstraint(condition=models.Q(('trl', None), models.Q(('trl__gte', 1), ('trl__lte', 9)), _connector='OR'), name='projects_proposal_trl_in_scale'),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['chosen', 'declined', 'sent']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='projects_proposal_sent_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='proposal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['chosen', 'declined']), _negated=True), models.Q(('decided_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='projects_proposal_decided_has_reason'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_proposalevent" ("author_id", "challenge_id", "created_at", "decided_at", "evidence", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "public_id", "reason", "sent_at", "stage", "starts_on", "title", "trl", "updated_at", "wanted", "what") VALUES (NEW."author_id", NEW."challenge_id", NEW."created_at", NEW."decided_at", NEW."evidence", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."public_id", NEW."reason", NEW."sent_at", NEW."stage", NEW."starts_on", NEW."title", NEW."trl", NEW."updated_at", NEW."wanted", NEW."what"); RETURN NULL;', hash='7fbc7ad7c08a336346fc06235f6e4b782be541bb', operation='INSERT', pgid='pgtrigger_insert_insert_fed68', table='projects_proposal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_proposalevent" ("author_id", "challenge_id", "created_at", "decided_at", "evidence", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "public_id", "reason", "sent_at", "stage", "starts_on", "title", "trl", "updated_at", "wanted", "what") VALUES (NEW."author_id", NEW."challenge_id", NEW."created_at", NEW."decided_at", NEW."evidence", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."public_id", NEW."reason", NEW."sent_at", NEW."stage", NEW."starts_on", NEW."title", NEW."trl", NEW."updated_at", NEW."wanted", NEW."what"); RETURN NULL;', hash='9b10ec42ca8dd6388b447a16bb53ffb21dd60143', operation='UPDATE', pgid='pgtrigger_update_update_7ea28', table='projects_proposal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_proposalevent" ("author_id", "challenge_id", "created_at", "decided_at", "evidence", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "public_id", "reason", "sent_at", "stage", "starts_on", "title", "trl", "updated_at", "wanted", "what") VALUES (OLD."author_id", OLD."challenge_id", OLD."created_at", OLD."decided_at", OLD."evidence", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."public_id", OLD."reason", OLD."sent_at", OLD."stage", OLD."starts_on", OLD."title", OLD."trl", OLD."updated_at", OLD."wanted", OLD."what"); RETURN NULL;', hash='623f9799834bc43dff38fbf8d1ce8e08e3742d97', operation='DELETE', pgid='pgtrigger_delete_delete_988b0', table='projects_proposal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposalevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ed5e31bde6e753ec173e76dcef215bfd7a076d4a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eecf9', table='projects_proposalevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='proposalfile',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='projects_proposalfile_named'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposalfile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_proposalfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "public_id", "size") VALUES (NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposal_id", NEW."public_id", NEW."size"); RETURN NULL;', hash='ae3b8f3ac39ae6460f68134ae80adefb9b1e1ca8', operation='INSERT', pgid='pgtrigger_insert_insert_16259', table='projects_proposalfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposalfile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_proposalfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "public_id", "size") VALUES (NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposal_id", NEW."public_id", NEW."size"); RETURN NULL;', hash='6207358ff71e68ef5ac26b85fec8697158c531f6', operation='UPDATE', pgid='pgtrigger_update_update_2c0ea', table='projects_proposalfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposalfile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_proposalfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "public_id", "size") VALUES (OLD."created_at", OLD."file", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposal_id", OLD."public_id", OLD."size"); RETURN NULL;', hash='d173584ba2a883b51d03618981770f1f98935b87', operation='DELETE', pgid='pgtrigger_delete_delete_6251d', table='projects_proposalfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='proposalfileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='449a5017f62f5093cfd357effe364ad562a1f443', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ace0', table='projects_proposalfileevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='question',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='projects_question_answered_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_questionevent" ("answer", "answered_at", "asked_at", "asker_id", "challenge_id", "form_key", "id", "is_anonymous", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asker_id", NEW."challenge_id", NEW."form_key", NEW."id", NEW."is_anonymous", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;', hash='464991d18012dc9c0685951365a77f43a5d2fb60', operation='INSERT', pgid='pgtrigger_insert_insert_1ae63', table='projects_question', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_questionevent" ("answer", "answered_at", "asked_at", "asker_id", "challenge_id", "form_key", "id", "is_anonymous", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asker_id", NEW."challenge_id", NEW."form_key", NEW."id", NEW."is_anonymous", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;', hash='8af41eb4e2c0e16679bfcc2fdbe2648589c067d1', operation='UPDATE', pgid='pgtrigger_update_update_d2b08', table='projects_question', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_questionevent" ("answer", "answered_at", "asked_at", "asker_id", "challenge_id", "form_key", "id", "is_anonymous", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."answer", OLD."answered_at", OLD."asked_at", OLD."asker_id", OLD."challenge_id", OLD."form_key", OLD."id", OLD."is_anonymous", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;', hash='4523386f6701a1e42a6529df8595e244602aec58', operation='DELETE', pgid='pgtrigger_delete_delete_67b74', table='projects_question', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='questionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9eff77ca4b4ee50caf3d15ccd610fd58b8aaff52', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_de8b5', table='projects_questionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='reporter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True)), name='projects_reporter_can_be_written_to'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporter',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reporterevent" ("id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."language", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='2ed9bd868216a4bb56a83955c95e1c143ad1d2d1', operation='INSERT', pgid='pgtrigger_insert_insert_88214', table='projects_reporter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporter',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id"))', func='INSERT INTO "projects_reporterevent" ("id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."language", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='ede5d7cb881894c9590b44c14daa5a4b0ff0df4c', operation='UPDATE', pgid='pgtrigger_update_update_f99d3', table='projects_reporter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporter',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reporterevent" ("id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."language", OLD."measure_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='b082f52dffdb4fdc4f1ba7e671172f6eede888d6', operation='DELETE', pgid='pgtrigger_delete_delete_93851', table='projects_reporter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporterevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5e1d6a9c3b6bae8b90a3552460771671bb845dbc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92956', table='projects_reporterevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='reportrequest',
                constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['asked', 'soon', 'late', 'stale', 'passed_on'])), name='projects_reportrequest_reason_known'),
            ),
            migrations.AddConstraint(
                model_name='reportrequest',
                constraint=models.CheckConstraint(condition=models.Q(('step__in', [1, 2, 3, 4])), name='projects_reportrequest_step_known'),
            ),
            migrations.AddConstraint(
                model_name='reportrequest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('name', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('email', ''), _negated=True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='projects_reportrequest_one_addressee'),
            ),
            migrations.AddConstraint(
                model_name='reportrequest',
                constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='projects_reportrequest_bounded'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reportrequestevent" ("asked_at", "asked_by_id", "expires_at", "id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "revoked_at", "step", "user_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."expires_at", NEW."id", NEW."language", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."revoked_at", NEW."step", NEW."user_id"); RETURN NULL;', hash='fc4c7f0a9c7b2699fa66e6cece1b017765871a3d', operation='INSERT', pgid='pgtrigger_insert_insert_8e5b7', table='projects_reportrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."step" IS DISTINCT FROM (NEW."step") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "projects_reportrequestevent" ("asked_at", "asked_by_id", "expires_at", "id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "revoked_at", "step", "user_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."expires_at", NEW."id", NEW."language", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."revoked_at", NEW."step", NEW."user_id"); RETURN NULL;', hash='88d600d2b59d4c4b7164dd93211bf5711020aecb', operation='UPDATE', pgid='pgtrigger_update_update_05a7d', table='projects_reportrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reportrequestevent" ("asked_at", "asked_by_id", "expires_at", "id", "language", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "revoked_at", "step", "user_id") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."expires_at", OLD."id", OLD."language", OLD."measure_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."revoked_at", OLD."step", OLD."user_id"); RETURN NULL;', hash='af802aec7f8faae846a28e6809d48498f7b3ac95', operation='DELETE', pgid='pgtrigger_delete_delete_5febb', table='projects_reportrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureupdateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='70413227ee8d6b8f31edc0ab9d3670ea4b6faa8a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9918', table='projects_measureupdateevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='measureupdate',
                index=models.Index(fields=['measure', '-told_at'], name='projects_update_of_measure'),
            ),
            migrations.AddConstraint(
                model_name='measureupdate',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_started', 'in_progress', 'delayed', 'done', 'discontinued'])), name='projects_measureupdate_state_known'),
            ),
            migrations.AddConstraint(
                model_name='measureupdate',
                constraint=models.CheckConstraint(condition=models.Q(('progress__isnull', True), ('progress__range', (0, 100)), _connector='OR'), name='projects_measureupdate_progress_percent'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureupdate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_measureupdateevent" ("achieved", "by_id", "evidence", "id", "is_hidden", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "request_id", "state", "text", "told_at") VALUES (NEW."achieved", NEW."by_id", NEW."evidence", NEW."id", NEW."is_hidden", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."progress", NEW."request_id", NEW."state", NEW."text", NEW."told_at"); RETURN NULL;', hash='a8cd1903cea957049bfaca336ccbe2c9031b25c4', operation='INSERT', pgid='pgtrigger_insert_insert_aeab9', table='projects_measureupdate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureupdate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."achieved" IS DISTINCT FROM (NEW."achieved") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_hidden" IS DISTINCT FROM (NEW."is_hidden") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."progress" IS DISTINCT FROM (NEW."progress") OR OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))', func='INSERT INTO "projects_measureupdateevent" ("achieved", "by_id", "evidence", "id", "is_hidden", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "request_id", "state", "text", "told_at") VALUES (NEW."achieved", NEW."by_id", NEW."evidence", NEW."id", NEW."is_hidden", NEW."measure_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."progress", NEW."request_id", NEW."state", NEW."text", NEW."told_at"); RETURN NULL;', hash='594f36e7751ba9dd608ff5bd8d2e7a17f9d80914', operation='UPDATE', pgid='pgtrigger_update_update_efd5b', table='projects_measureupdate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measureupdate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_measureupdateevent" ("achieved", "by_id", "evidence", "id", "is_hidden", "measure_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "request_id", "state", "text", "told_at") VALUES (OLD."achieved", OLD."by_id", OLD."evidence", OLD."id", OLD."is_hidden", OLD."measure_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."progress", OLD."request_id", OLD."state", OLD."text", OLD."told_at"); RETURN NULL;', hash='ea7fb4afc2424ffbb9fee64aa39321b7042fa87d', operation='DELETE', pgid='pgtrigger_delete_delete_66bd2', table='projects_measureupdate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4a1e2080c16ead88395862c9870a25309faf57f8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4fdb2', table='projects_reportrequestevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='result',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_result_search'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='projects_result_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['brief', 'publication', 'model', 'tool', 'data', 'product', 'training', 'other'])), name='projects_result_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('level__in', ['political', 'administrative', 'operational'])), name='projects_result_level_known'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_result_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en', 'other'])), name='projects_result_languages_known'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'files', 'outcomes', 'propose', 'uses']), _negated=True), name='projects_result_slug_not_reserved'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'published'), _negated=True), models.Q(('number__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='projects_result_published_has_number'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.UniqueConstraint(fields=('year', 'number'), name='projects_result_number_once'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('year__isnull', True)), models.Q(('number__isnull', False), ('year__isnull', False)), _connector='OR'), name='projects_result_number_of_a_year'),
            ),
            migrations.AddConstraint(
                model_name='result',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('before__isnull', True)), models.Q(('after__isnull', False), ('before__isnull', False)), _connector='OR'), name='projects_result_figures_together'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultevent" ("after", "after_words", "before", "before_words", "challenge_id", "contact_id", "costs", "created_at", "figure_title", "form_key", "home_cluster_id", "id", "kind", "languages", "level", "link", "number", "organisation_id", "other_makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "project_id", "published_at", "slug", "sources", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "unknown", "updated_at", "visibility", "why", "year") VALUES (NEW."after", NEW."after_words", NEW."before", NEW."before_words", NEW."challenge_id", NEW."contact_id", NEW."costs", NEW."created_at", NEW."figure_title", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."languages", NEW."level", NEW."link", NEW."number", NEW."organisation_id", NEW."other_makers", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."project_id", NEW."published_at", NEW."slug", NEW."sources", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."unknown", NEW."updated_at", NEW."visibility", NEW."why", NEW."year"); RETURN NULL;', hash='62c7c12694c7c25ecddc3b35eaa13b588a7faab4', operation='INSERT', pgid='pgtrigger_insert_insert_52cc0', table='projects_result', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."after_words" IS DISTINCT FROM (NEW."after_words") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."before_words" IS DISTINCT FROM (NEW."before_words") OR OLD."challenge_id" IS DISTINCT FROM (NEW."challenge_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."costs" IS DISTINCT FROM (NEW."costs") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."figure_title" IS DISTINCT FROM (NEW."figure_title") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."other_makers" IS DISTINCT FROM (NEW."other_makers") OR OLD."pilot_id" IS DISTINCT FROM (NEW."pilot_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."sources" IS DISTINCT FROM (NEW."sources") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."unknown" IS DISTINCT FROM (NEW."unknown") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "projects_resultevent" ("after", "after_words", "before", "before_words", "challenge_id", "contact_id", "costs", "created_at", "figure_title", "form_key", "home_cluster_id", "id", "kind", "languages", "level", "link", "number", "organisation_id", "other_makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "project_id", "published_at", "slug", "sources", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "unknown", "updated_at", "visibility", "why", "year") VALUES (NEW."after", NEW."after_words", NEW."before", NEW."before_words", NEW."challenge_id", NEW."contact_id", NEW."costs", NEW."created_at", NEW."figure_title", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."languages", NEW."level", NEW."link", NEW."number", NEW."organisation_id", NEW."other_makers", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."project_id", NEW."published_at", NEW."slug", NEW."sources", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."unknown", NEW."updated_at", NEW."visibility", NEW."why", NEW."year"); RETURN NULL;', hash='8b796441f714b3f3601b0b90c131cd5f20e01502', operation='UPDATE', pgid='pgtrigger_update_update_3a3ed', table='projects_result', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='result',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultevent" ("after", "after_words", "before", "before_words", "challenge_id", "contact_id", "costs", "created_at", "figure_title", "form_key", "home_cluster_id", "id", "kind", "languages", "level", "link", "number", "organisation_id", "other_makers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "project_id", "published_at", "slug", "sources", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "unknown", "updated_at", "visibility", "why", "year") VALUES (OLD."after", OLD."after_words", OLD."before", OLD."before_words", OLD."challenge_id", OLD."contact_id", OLD."costs", OLD."created_at", OLD."figure_title", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."kind", OLD."languages", OLD."level", OLD."link", OLD."number", OLD."organisation_id", OLD."other_makers", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."project_id", OLD."published_at", OLD."slug", OLD."sources", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."unknown", OLD."updated_at", OLD."visibility", OLD."why", OLD."year"); RETURN NULL;', hash='2a99dce3a62b8ec44db616b02d5a9013b6264b64', operation='DELETE', pgid='pgtrigger_delete_delete_4cf94', table='projects_result', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recommendationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='62e6d45c218f8d8bd6a250f3a76abb16efb6ca0c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_98fe8', table='projects_recommendationevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='recommendation',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'handled', 'used', 'dropped'])), name='projects_recommendation_state_known'),
            ),
            migrations.AddConstraint(
                model_name='recommendation',
                constraint=models.UniqueConstraint(fields=('result', 'position'), name='projects_recommendation_position_once'),
            ),
            migrations.AddConstraint(
                model_name='recommendation',
                constraint=models.CheckConstraint(condition=models.Q(('position__range', (1, 5))), name='projects_recommendation_position_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recommendation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_recommendationevent" ("detail", "follow_up", "followed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "state", "title") VALUES (NEW."detail", NEW."follow_up", NEW."followed_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."result_id", NEW."state", NEW."title"); RETURN NULL;', hash='268a46ab1032c54d1eadcf580957f53b8b697922', operation='INSERT', pgid='pgtrigger_insert_insert_fcb12', table='projects_recommendation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recommendation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_recommendationevent" ("detail", "follow_up", "followed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "state", "title") VALUES (NEW."detail", NEW."follow_up", NEW."followed_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."result_id", NEW."state", NEW."title"); RETURN NULL;', hash='1ea8bfaae26c1c3d32588779deb40552c957d7bd', operation='UPDATE', pgid='pgtrigger_update_update_cd214', table='projects_recommendation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recommendation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_recommendationevent" ("detail", "follow_up", "followed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_id", "state", "title") VALUES (OLD."detail", OLD."follow_up", OLD."followed_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."result_id", OLD."state", OLD."title"); RETURN NULL;', hash='a1c2e484add43cb0c4dc63be02be84ff4f37cc68', operation='DELETE', pgid='pgtrigger_delete_delete_7433d', table='projects_recommendation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influenceactevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e75c88ed729d8175d81e7ce8b9997a57092a06fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8c62c', table='projects_influenceactevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='influenceact',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['statement', 'meeting', 'result'])), name='projects_influenceact_kind_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influenceact',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_influenceactevent" ("continues_id", "created_at", "goal_id", "id", "kind", "link", "of_result_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "updated_at") VALUES (NEW."continues_id", NEW."created_at", NEW."goal_id", NEW."id", NEW."kind", NEW."link", NEW."of_result_id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."updated_at"); RETURN NULL;', hash='8abf28bec2556200677c015c568d80cb24122df2', operation='INSERT', pgid='pgtrigger_insert_insert_35c8d', table='projects_influenceact', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influenceact',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_influenceactevent" ("continues_id", "created_at", "goal_id", "id", "kind", "link", "of_result_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "updated_at") VALUES (NEW."continues_id", NEW."created_at", NEW."goal_id", NEW."id", NEW."kind", NEW."link", NEW."of_result_id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."updated_at"); RETURN NULL;', hash='9efd04da25392daaa107159db1b292960585d029', operation='UPDATE', pgid='pgtrigger_update_update_359e7', table='projects_influenceact', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='influenceact',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_influenceactevent" ("continues_id", "created_at", "goal_id", "id", "kind", "link", "of_result_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "updated_at") VALUES (OLD."continues_id", OLD."created_at", OLD."goal_id", OLD."id", OLD."kind", OLD."link", OLD."of_result_id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."updated_at"); RETURN NULL;', hash='96fdb431a49e78278b6876a2b577a2fbe7e9805f', operation='DELETE', pgid='pgtrigger_delete_delete_8ee4a', table='projects_influenceact', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9b16b099f6e225d3b3fa34b19e7d08fe2ab1abb9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b117', table='projects_resultevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='resultfile',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='projects_resultfile_name_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultfile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "size") VALUES (NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."result_id", NEW."size"); RETURN NULL;', hash='1f2ab8357532523dd0f0192a9c154991a9d9c7db', operation='INSERT', pgid='pgtrigger_insert_insert_cd1a3', table='projects_resultfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultfile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_resultfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "size") VALUES (NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."result_id", NEW."size"); RETURN NULL;', hash='8fa60b27030a7bc3fbebf62ebe6a43dd5d8d8bde', operation='UPDATE', pgid='pgtrigger_update_update_88219', table='projects_resultfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultfile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultfileevent" ("created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result_id", "size") VALUES (OLD."created_at", OLD."file", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."result_id", OLD."size"); RETURN NULL;', hash='0f05693211fe95618e3f06f721ea3c6f28875a8d', operation='DELETE', pgid='pgtrigger_delete_delete_370e1', table='projects_resultfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultfileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3ee60cb06772934157c927d1a5ddf029449f6f3b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc32e', table='projects_resultfileevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultmakersevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='c2737ecace1caba46001381c9cfa762d771fde13', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5be2', table='projects_resultmakersevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultmeasuresevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cf29102b6ee375d759ebf55c982f1fdde66f5409', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_17790', table='projects_resultmeasuresevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resulttermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='648943a3286446c544210ee862917dc8d7d343a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2cf72', table='projects_resulttermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='resultuse',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['told', 'confirmed', 'refused'])), name='projects_resultuse_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='resultuse',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('stage', 'told')), models.Q(models.Q(('stage', 'told'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='projects_resultuse_answered_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultuse',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultuseevent" ("answered_at", "decided_by", "decided_on", "form_key", "id", "link", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recommendation_id", "result_id", "stage", "teller_id", "told_at") VALUES (NEW."answered_at", NEW."decided_by", NEW."decided_on", NEW."form_key", NEW."id", NEW."link", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recommendation_id", NEW."result_id", NEW."stage", NEW."teller_id", NEW."told_at"); RETURN NULL;', hash='9b0de0faff03f769bd9de1be9194c09f071da8bf', operation='INSERT', pgid='pgtrigger_insert_insert_3cb09', table='projects_resultuse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultuse',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_resultuseevent" ("answered_at", "decided_by", "decided_on", "form_key", "id", "link", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recommendation_id", "result_id", "stage", "teller_id", "told_at") VALUES (NEW."answered_at", NEW."decided_by", NEW."decided_on", NEW."form_key", NEW."id", NEW."link", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recommendation_id", NEW."result_id", NEW."stage", NEW."teller_id", NEW."told_at"); RETURN NULL;', hash='c75e428a2e7943948abc5bd9ff0dd36ce946aa8c', operation='UPDATE', pgid='pgtrigger_update_update_4a4b3', table='projects_resultuse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultuse',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_resultuseevent" ("answered_at", "decided_by", "decided_on", "form_key", "id", "link", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recommendation_id", "result_id", "stage", "teller_id", "told_at") VALUES (OLD."answered_at", OLD."decided_by", OLD."decided_on", OLD."form_key", OLD."id", OLD."link", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."recommendation_id", OLD."result_id", OLD."stage", OLD."teller_id", OLD."told_at"); RETURN NULL;', hash='c01c3ff6032cbe0c80a9ed76bde1e1d6473a6340', operation='DELETE', pgid='pgtrigger_delete_delete_ee958', table='projects_resultuse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='resultuseevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6689087323355028feac855859be384ab8f5e27d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c82a3', table='projects_resultuseevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='review',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts__isnull', True), ('held_on__isnull', True)), models.Q(('counts__isnull', False), ('held_on__isnull', False)), _connector='OR'), name='projects_review_held_with_counts'),
            ),
            migrations.AddConstraint(
                model_name='review',
                constraint=models.UniqueConstraint(fields=('programme', 'due_on'), name='projects_review_one_a_day'),
            ),
            migrations.AddConstraint(
                model_name='review',
                constraint=models.CheckConstraint(condition=models.Q(('months__in', [6, 12])), name='projects_review_of_half_or_whole_year'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reviewevent" ("counts", "due_on", "held_by_id", "held_on", "id", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "words") VALUES (NEW."counts", NEW."due_on", NEW."held_by_id", NEW."held_on", NEW."id", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."public_id", NEW."words"); RETURN NULL;', hash='9daa0402ed479a48db3cc99fa892d973d9a560fd', operation='INSERT', pgid='pgtrigger_insert_insert_19afa', table='projects_review', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_reviewevent" ("counts", "due_on", "held_by_id", "held_on", "id", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "words") VALUES (NEW."counts", NEW."due_on", NEW."held_by_id", NEW."held_on", NEW."id", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."public_id", NEW."words"); RETURN NULL;', hash='632d14c72b926a5a4bec530b0f993d72d6930deb', operation='UPDATE', pgid='pgtrigger_update_update_439d2', table='projects_review', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_reviewevent" ("counts", "due_on", "held_by_id", "held_on", "id", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "public_id", "words") VALUES (OLD."counts", OLD."due_on", OLD."held_by_id", OLD."held_on", OLD."id", OLD."months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."public_id", OLD."words"); RETURN NULL;', hash='cafdc5c2aa5722b18622137c9d6d895e0a0f5659', operation='DELETE', pgid='pgtrigger_delete_delete_836d2', table='projects_review', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reviewevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7b92b65234aa8debd8d8e3dd240949f42faaa2f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e0843', table='projects_reviewevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='staffmember',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'assistant', 'expert', 'researcher', 'finance'])), name='projects_staffmember_role_known'),
            ),
            migrations.AddConstraint(
                model_name='staffmember',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_staffmember_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='staffmember',
                constraint=models.CheckConstraint(condition=models.Q(('user', None), ('name', ''), _connector='OR'), name='projects_staffmember_one_person', violation_error_message='Choose a person or write a name, not both.'),
            ),
            migrations.AddConstraint(
                model_name='staffmember',
                constraint=models.CheckConstraint(condition=models.Q(('percent', None), models.Q(('percent__gte', 1), ('percent__lte', 100)), _connector='OR'), name='projects_staffmember_share_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='staffmember',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_staffmemberevent" ("ends_on", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "starts_on", "updated_at", "user_id") VALUES (NEW."ends_on", NEW."id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."role", NEW."starts_on", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='99d13833bdd08c0af4b0c3a757661abbaffbe21f', operation='INSERT', pgid='pgtrigger_insert_insert_62058', table='projects_staffmember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='staffmember',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."percent" IS DISTINCT FROM (NEW."percent") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "projects_staffmemberevent" ("ends_on", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "starts_on", "updated_at", "user_id") VALUES (NEW."ends_on", NEW."id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."role", NEW."starts_on", NEW."updated_at", NEW."user_id"); RETURN NULL;', hash='f46cfcbb514cc17618716d028c48bb719f578f5c', operation='UPDATE', pgid='pgtrigger_update_update_f8d4d', table='projects_staffmember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='staffmember',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_staffmemberevent" ("ends_on", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "starts_on", "updated_at", "user_id") VALUES (OLD."ends_on", OLD."id", OLD."organisation_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."role", OLD."starts_on", OLD."updated_at", OLD."user_id"); RETURN NULL;', hash='81adf5923574b32f0dfa4dbb939a671e928bb914', operation='DELETE', pgid='pgtrigger_delete_delete_75647', table='projects_staffmember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='staffmemberevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5db3089fe81a878738907a27d8eb83d8450dbb79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5e843', table='projects_staffmemberevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(('light__in', ['green', 'yellow', 'red'])), name='projects_statusreport_light_known'),
            ),
            migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__in', ['partners', 'members', 'public'])), name='projects_statusreport_readers_known'),
            ),
            migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_statusreport_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(('light', 'green'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='projects_statusreport_trouble_has_reason'),
            ),
            migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('done', ''), _negated=True), models.Q(('coming', ''), _negated=True)), name='projects_statusreport_told'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_statusreportevent" ("author_id", "coming", "done", "ends_on", "form_key", "id", "light", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "reason", "risks", "starts_on", "updated_at", "written_at") VALUES (NEW."author_id", NEW."coming", NEW."done", NEW."ends_on", NEW."form_key", NEW."id", NEW."light", NEW."next_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."read_by", NEW."reason", NEW."risks", NEW."starts_on", NEW."updated_at", NEW."written_at"); RETURN NULL;', hash='a8c50f476a57efe6d19cda0b9f15c57446f9a354', operation='INSERT', pgid='pgtrigger_insert_insert_fa5c0', table='projects_statusreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_statusreportevent" ("author_id", "coming", "done", "ends_on", "form_key", "id", "light", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "reason", "risks", "starts_on", "updated_at", "written_at") VALUES (NEW."author_id", NEW."coming", NEW."done", NEW."ends_on", NEW."form_key", NEW."id", NEW."light", NEW."next_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."read_by", NEW."reason", NEW."risks", NEW."starts_on", NEW."updated_at", NEW."written_at"); RETURN NULL;', hash='bb0741561e86758d10505d1b5111c410a341aa64', operation='UPDATE', pgid='pgtrigger_update_update_5173d', table='projects_statusreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_statusreportevent" ("author_id", "coming", "done", "ends_on", "form_key", "id", "light", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "read_by", "reason", "risks", "starts_on", "updated_at", "written_at") VALUES (OLD."author_id", OLD."coming", OLD."done", OLD."ends_on", OLD."form_key", OLD."id", OLD."light", OLD."next_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."read_by", OLD."reason", OLD."risks", OLD."starts_on", OLD."updated_at", OLD."written_at"); RETURN NULL;', hash='a5dbb91d6e25a3e50e9836d135b55f6c23809494', operation='DELETE', pgid='pgtrigger_delete_delete_d11ba', table='projects_statusreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statusreportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b2ac1dbe4e1f59f4e242e838120573cbf60e74fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_93daf', table='projects_statusreportevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='support',
                constraint=models.UniqueConstraint(fields=('project', 'user'), name='projects_support_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='support',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_supportevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."user_id"); RETURN NULL;', hash='9788ed98c357e15a0412803c33fd3ce7634d5bbe', operation='INSERT', pgid='pgtrigger_insert_insert_22448', table='projects_support', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='support',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_supportevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."user_id"); RETURN NULL;', hash='6d05c60f3ae7d69a4bac490606a2e25a57631962', operation='UPDATE', pgid='pgtrigger_update_update_783b7', table='projects_support', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='support',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_supportevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "user_id") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."user_id"); RETURN NULL;', hash='3b486cee9f71c7464f3f1e454b64743951f99ad7', operation='DELETE', pgid='pgtrigger_delete_delete_72e8b', table='projects_support', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='776801ecd767dc25302ad82ae5ea040128d10d4c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3df4d', table='projects_supportevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='testenvironment',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_testbed_search'),
            ),
            migrations.AddIndex(
                model_name='testenvironment',
                index=models.Index(fields=['-published_at', '-id'], name='projects_testbed_newest'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'open', 'paused', 'withdrawn'])), name='projects_testenvironment_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_testenvironment_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False)), name='projects_testenvironment_has_owner', violation_error_message='A test environment belongs to an organisation.'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('visibility', 'group'), _negated=True), name='projects_testenvironment_names_no_group', violation_error_message='A test environment has no named group of readers.'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en', 'se', 'uk', 'ru', 'et', 'ar'])), name='projects_testenvironment_languages_known'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['open', 'paused']), _negated=True), ('published_at__isnull', False), _connector='OR'), name='projects_testenvironment_published_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='testenvironment',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'propose']), _negated=True), name='projects_testenvironment_slug_not_reserved'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='testenvironment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_testenvironmentevent" ("availability", "capability_id", "created_at", "form_key", "home_cluster_id", "id", "languages", "link", "offers", "organisation_id", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "published_at", "region_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "users", "visibility") VALUES (NEW."availability", NEW."capability_id", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."languages", NEW."link", NEW."offers", NEW."organisation_id", NEW."permits", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."price", NEW."published_at", NEW."region_id", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."users", NEW."visibility"); RETURN NULL;', hash='061338e58794d7bd9575f4110d173184a5c61ad4', operation='INSERT', pgid='pgtrigger_insert_insert_5cc3b', table='projects_testenvironment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='testenvironment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."availability" IS DISTINCT FROM (NEW."availability") OR OLD."capability_id" IS DISTINCT FROM (NEW."capability_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."offers" IS DISTINCT FROM (NEW."offers") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."permits" IS DISTINCT FROM (NEW."permits") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."price" IS DISTINCT FROM (NEW."price") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."users" IS DISTINCT FROM (NEW."users") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "projects_testenvironmentevent" ("availability", "capability_id", "created_at", "form_key", "home_cluster_id", "id", "languages", "link", "offers", "organisation_id", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "published_at", "region_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "users", "visibility") VALUES (NEW."availability", NEW."capability_id", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."languages", NEW."link", NEW."offers", NEW."organisation_id", NEW."permits", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."price", NEW."published_at", NEW."region_id", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."users", NEW."visibility"); RETURN NULL;', hash='0fba937587aad4fed0178d0193e0298a5b1040ad', operation='UPDATE', pgid='pgtrigger_update_update_98b5d', table='projects_testenvironment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='testenvironment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_testenvironmentevent" ("availability", "capability_id", "created_at", "form_key", "home_cluster_id", "id", "languages", "link", "offers", "organisation_id", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "published_at", "region_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "users", "visibility") VALUES (OLD."availability", OLD."capability_id", OLD."created_at", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."languages", OLD."link", OLD."offers", OLD."organisation_id", OLD."permits", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."price", OLD."published_at", OLD."region_id", OLD."slug", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."users", OLD."visibility"); RETURN NULL;', hash='b0932fde5cfd82c47da7c9610ee95e649d37fcf9', operation='DELETE', pgid='pgtrigger_delete_delete_8e74f', table='projects_testenvironment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilotevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='42331aa99407c2dc77eb820e3e18d41184e198e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61e7a', table='projects_pilotevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='pilot',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='projects_pilot_search'),
            ),
            migrations.AddIndex(
                model_name='pilot',
                index=models.Index(condition=models.Q(('stage', 'running')), fields=['ends_on'], name='projects_pilot_ending'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'planned', 'running', 'closing', 'closed', 'stopped'])), name='projects_pilot_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='projects_pilot_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_pilot_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False)), name='projects_pilot_has_owner', violation_error_message='A pilot belongs to an organisation.'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('sectors__contained_by', ['education', 'research', 'public', 'business', 'third'])), name='projects_pilot_sectors_known'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'stopped']), ('sectors__len__gte', 2), _connector='OR'), name='projects_pilot_has_two_sectors', violation_error_message='A pilot has makers of at least two sectors.'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['closing', 'planned', 'running', 'closed']), _negated=True), models.Q(('ends_on__isnull', False), ('published_at__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='projects_pilot_published_has_times'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='projects_pilot_closed_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('measured_goal', None), ('measured_goal__gte', 0), _connector='OR'), name='projects_pilot_goal_not_negative'),
            ),
            migrations.AddConstraint(
                model_name='pilot',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'learnings', 'propose']), _negated=True), name='projects_pilot_slug_not_reserved'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilot',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotevent" ("aim", "challenge_id", "closed_at", "costs", "created_at", "ends_on", "form_key", "home_cluster_id", "how", "id", "measured_goal", "measured_words", "organisation_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "proposal_id", "published_at", "reminded_on", "reminders", "reuse", "sectors", "slug", "stage", "starts_on", "stop_reason", "summary_en", "summary_fi", "summary_sv", "teller_id", "testbed_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."aim", NEW."challenge_id", NEW."closed_at", NEW."costs", NEW."created_at", NEW."ends_on", NEW."form_key", NEW."home_cluster_id", NEW."how", NEW."id", NEW."measured_goal", NEW."measured_words", NEW."organisation_id", NEW."participants", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."project_id", NEW."proposal_id", NEW."published_at", NEW."reminded_on", NEW."reminders", NEW."reuse", NEW."sectors", NEW."slug", NEW."stage", NEW."starts_on", NEW."stop_reason", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."testbed_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='119094fa4a6f497706e7291ec9e53a49a42d5811', operation='INSERT', pgid='pgtrigger_insert_insert_fc713', table='projects_pilot', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilot',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."aim" IS DISTINCT FROM (NEW."aim") OR OLD."challenge_id" IS DISTINCT FROM (NEW."challenge_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."costs" IS DISTINCT FROM (NEW."costs") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."how" IS DISTINCT FROM (NEW."how") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measured_goal" IS DISTINCT FROM (NEW."measured_goal") OR OLD."measured_words" IS DISTINCT FROM (NEW."measured_words") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."participants" IS DISTINCT FROM (NEW."participants") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."proposal_id" IS DISTINCT FROM (NEW."proposal_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."reminders" IS DISTINCT FROM (NEW."reminders") OR OLD."reuse" IS DISTINCT FROM (NEW."reuse") OR OLD."sectors" IS DISTINCT FROM (NEW."sectors") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."stop_reason" IS DISTINCT FROM (NEW."stop_reason") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."testbed_id" IS DISTINCT FROM (NEW."testbed_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "projects_pilotevent" ("aim", "challenge_id", "closed_at", "costs", "created_at", "ends_on", "form_key", "home_cluster_id", "how", "id", "measured_goal", "measured_words", "organisation_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "proposal_id", "published_at", "reminded_on", "reminders", "reuse", "sectors", "slug", "stage", "starts_on", "stop_reason", "summary_en", "summary_fi", "summary_sv", "teller_id", "testbed_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."aim", NEW."challenge_id", NEW."closed_at", NEW."costs", NEW."created_at", NEW."ends_on", NEW."form_key", NEW."home_cluster_id", NEW."how", NEW."id", NEW."measured_goal", NEW."measured_words", NEW."organisation_id", NEW."participants", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."project_id", NEW."proposal_id", NEW."published_at", NEW."reminded_on", NEW."reminders", NEW."reuse", NEW."sectors", NEW."slug", NEW."stage", NEW."starts_on", NEW."stop_reason", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."testbed_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='d4d34a426707182df95bdcf0b0dc5669fefe1c0f', operation='UPDATE', pgid='pgtrigger_update_update_681cf', table='projects_pilot', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pilot',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_pilotevent" ("aim", "challenge_id", "closed_at", "costs", "created_at", "ends_on", "form_key", "home_cluster_id", "how", "id", "measured_goal", "measured_words", "organisation_id", "participants", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "proposal_id", "published_at", "reminded_on", "reminders", "reuse", "sectors", "slug", "stage", "starts_on", "stop_reason", "summary_en", "summary_fi", "summary_sv", "teller_id", "testbed_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."aim", OLD."challenge_id", OLD."closed_at", OLD."costs", OLD."created_at", OLD."ends_on", OLD."form_key", OLD."home_cluster_id", OLD."how", OLD."id", OLD."measured_goal", OLD."measured_words", OLD."organisation_id", OLD."participants", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."project_id", OLD."proposal_id", OLD."published_at", OLD."reminded_on", OLD."reminders", OLD."reuse", OLD."sectors", OLD."slug", OLD."stage", OLD."starts_on", OLD."stop_reason", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."testbed_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='5dc15472f89ad48feebf003723564ff647893633', operation='DELETE', pgid='pgtrigger_delete_delete_7c328', table='projects_pilot', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='testenvironmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4ec2db1bf766e3ee49ca562068c1d6e7822ccd7d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebde5', table='projects_testenvironmentevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='testenvironmenttermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4428f974abb8385798684f950ddbd10385631a89', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8761d', table='projects_testenvironmenttermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='transfer',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'agreed', 'done'])), name='projects_transfer_state_known'),
            ),
            migrations.AddConstraint(
                model_name='transfer',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), ('taker__isnull', False), _connector='OR'), name='projects_transfer_has_a_taker', violation_error_message='Name the new owner, or leave the state open.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transfer',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_transferevent" ("by_on", "continues_id", "created_at", "funding", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "state", "taker_id", "updated_at", "what_en", "what_fi", "what_sv") VALUES (NEW."by_on", NEW."continues_id", NEW."created_at", NEW."funding", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."state", NEW."taker_id", NEW."updated_at", NEW."what_en", NEW."what_fi", NEW."what_sv"); RETURN NULL;', hash='6268659e221653e76f2d8cf6e904ca5e7412ad31', operation='INSERT', pgid='pgtrigger_insert_insert_5a365', table='projects_transfer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transfer',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_transferevent" ("by_on", "continues_id", "created_at", "funding", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "state", "taker_id", "updated_at", "what_en", "what_fi", "what_sv") VALUES (NEW."by_on", NEW."continues_id", NEW."created_at", NEW."funding", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."state", NEW."taker_id", NEW."updated_at", NEW."what_en", NEW."what_fi", NEW."what_sv"); RETURN NULL;', hash='84b395b4f37489910142b96d5f746ef7042649b7', operation='UPDATE', pgid='pgtrigger_update_update_fbb31', table='projects_transfer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transfer',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_transferevent" ("by_on", "continues_id", "created_at", "funding", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "state", "taker_id", "updated_at", "what_en", "what_fi", "what_sv") VALUES (OLD."by_on", OLD."continues_id", OLD."created_at", OLD."funding", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id", OLD."state", OLD."taker_id", OLD."updated_at", OLD."what_en", OLD."what_fi", OLD."what_sv"); RETURN NULL;', hash='aadd0acb2dd440f4995ab8618157c9bfd2aee665', operation='DELETE', pgid='pgtrigger_delete_delete_07a26', table='projects_transfer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transferevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4f3cd9cf1e225553034e81615270917f485d4616', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7cf59', table='projects_transferevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='transferitem',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'agreed', 'done', 'dropped'])), name='projects_transferitem_state_known'),
            ),
            migrations.AddConstraint(
                model_name='transferitem',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'dropped']), ('organisation__isnull', False), models.Q(('other_owner', ''), _negated=True), _connector='OR'), name='projects_transferitem_has_owner', violation_error_message='Name who takes it over.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transferitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_transferitemevent" ("form_key", "funding", "id", "on", "organisation_id", "other_owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "state", "what") VALUES (NEW."form_key", NEW."funding", NEW."id", NEW."on", NEW."organisation_id", NEW."other_owner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."state", NEW."what"); RETURN NULL;', hash='6bfd5f6d27876bdad40a7276bc2b4082248d83a4', operation='INSERT', pgid='pgtrigger_insert_insert_ee7f9', table='projects_transferitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transferitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_transferitemevent" ("form_key", "funding", "id", "on", "organisation_id", "other_owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "state", "what") VALUES (NEW."form_key", NEW."funding", NEW."id", NEW."on", NEW."organisation_id", NEW."other_owner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."state", NEW."what"); RETURN NULL;', hash='e4823a1ea6d8ee9b99839516c7ce2a1ef7400de3', operation='UPDATE', pgid='pgtrigger_update_update_0b852', table='projects_transferitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transferitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_transferitemevent" ("form_key", "funding", "id", "on", "organisation_id", "other_owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "state", "what") VALUES (OLD."form_key", OLD."funding", OLD."id", OLD."on", OLD."organisation_id", OLD."other_owner", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."state", OLD."what"); RETURN NULL;', hash='aaa3795f10eafc5a262eb986824314c17d9efe8b', operation='DELETE', pgid='pgtrigger_delete_delete_cd0aa', table='projects_transferitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='transferitemevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='daecc403b5c63ef3c23b36173229a07e4f9c8579', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da5ea', table='projects_transferitemevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='wantedrole',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_wantedroleevent" ("id", "is_closed", "name_en", "name_fi", "name_sv", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "public_id") VALUES (NEW."id", NEW."is_closed", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."project_id", NEW."public_id"); RETURN NULL;', hash='fd19c9db2f13e4b253bf3107113267a996ff8eb7', operation='INSERT', pgid='pgtrigger_insert_insert_b8b8d', table='projects_wantedrole', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='wantedrole',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_wantedroleevent" ("id", "is_closed", "name_en", "name_fi", "name_sv", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "public_id") VALUES (NEW."id", NEW."is_closed", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."project_id", NEW."public_id"); RETURN NULL;', hash='cf5348f9e81dcfa2429b4e9bb69ddf8db8223e27', operation='UPDATE', pgid='pgtrigger_update_update_2d0c5', table='projects_wantedrole', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='wantedrole',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_wantedroleevent" ("id", "is_closed", "name_en", "name_fi", "name_sv", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "project_id", "public_id") VALUES (OLD."id", OLD."is_closed", OLD."name_en", OLD."name_fi", OLD."name_sv", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."project_id", OLD."public_id"); RETURN NULL;', hash='e3afcc2642b6f389b4b2d38f72af5f4f3bb48ee8', operation='DELETE', pgid='pgtrigger_delete_delete_a666a', table='projects_wantedrole', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='rolesuggestion',
                constraint=models.UniqueConstraint(fields=('role', 'organisation'), name='projects_rolesuggestion_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partnershipevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a3a0394cc7a07ba60dc71d35d4c43bec0bff6442', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3f10b', table='projects_partnershipevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'co_implementer', 'partner', 'funder', 'steering', 'end_user', 'subcontractor'])), name='projects_partnership_role_known'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['invited', 'interested', 'accepted', 'declined', 'expired'])), name='projects_partnership_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.UniqueConstraint(fields=('project', 'organisation', 'role'), name='projects_partnership_once'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.UniqueConstraint(condition=models.Q(('role', 'lead'), ('stage', 'accepted')), fields=('project',), name='projects_partnership_one_lead'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'accepted')), fields=('wanted_role',), name='projects_partnership_one_in_a_role'),
            ),
            migrations.AddConstraint(
                model_name='partnership',
                constraint=models.CheckConstraint(condition=models.Q(('cost_share_cents__isnull', True), ('cost_share_cents__lte', 10000000000000), _connector='OR'), name='projects_partnership_share_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partnership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_partnershipevent" ("answer_by", "asked_at", "cost_share_cents", "id", "invited_by_id", "note", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "stage", "task_en", "task_fi", "task_sv", "wanted_role_id") VALUES (NEW."answer_by", NEW."asked_at", NEW."cost_share_cents", NEW."id", NEW."invited_by_id", NEW."note", NEW."offered_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."role", NEW."stage", NEW."task_en", NEW."task_fi", NEW."task_sv", NEW."wanted_role_id"); RETURN NULL;', hash='6e67be28d43798bef3b5683174c6296699d98b63', operation='INSERT', pgid='pgtrigger_insert_insert_33146', table='projects_partnership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partnership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_partnershipevent" ("answer_by", "asked_at", "cost_share_cents", "id", "invited_by_id", "note", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "stage", "task_en", "task_fi", "task_sv", "wanted_role_id") VALUES (NEW."answer_by", NEW."asked_at", NEW."cost_share_cents", NEW."id", NEW."invited_by_id", NEW."note", NEW."offered_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."role", NEW."stage", NEW."task_en", NEW."task_fi", NEW."task_sv", NEW."wanted_role_id"); RETURN NULL;', hash='6e2965453b3e73bb2c722726f426980689a989dc', operation='UPDATE', pgid='pgtrigger_update_update_c9fe9', table='projects_partnership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='partnership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_partnershipevent" ("answer_by", "asked_at", "cost_share_cents", "id", "invited_by_id", "note", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "role", "stage", "task_en", "task_fi", "task_sv", "wanted_role_id") VALUES (OLD."answer_by", OLD."asked_at", OLD."cost_share_cents", OLD."id", OLD."invited_by_id", OLD."note", OLD."offered_by_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."role", OLD."stage", OLD."task_en", OLD."task_fi", OLD."task_sv", OLD."wanted_role_id"); RETURN NULL;', hash='3cad3399512ff75f0e8a41a5208382cab007954a', operation='DELETE', pgid='pgtrigger_delete_delete_431be', table='projects_partnership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='wantedroleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='61e20f769f5ca378bc836252a8c89e6ef36022ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3c350', table='projects_wantedroleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='wantedroletermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='bc8a119054807edae4dc15987f1122628883bd5d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af1a2', table='projects_wantedroletermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='workpackage',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', True), ('starts_on__isnull', True), _connector='OR'), name='projects_workpackage_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='workpackage',
                constraint=models.CheckConstraint(condition=models.Q(('done__lte', 100)), name='projects_workpackage_done_percent'),
            ),
            migrations.AddConstraint(
                model_name='workpackage',
                constraint=models.UniqueConstraint(fields=('project', 'number'), name='projects_workpackage_number_once', violation_error_message='The project has a work package with this number.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='workpackage',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_workpackageevent" ("done", "ends_on", "id", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "starts_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."done", NEW."ends_on", NEW."id", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."starts_on", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='aef5c2eb4c625f1dc60a39708874cf52045122fe', operation='INSERT', pgid='pgtrigger_insert_insert_d435e', table='projects_workpackage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='workpackage',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_workpackageevent" ("done", "ends_on", "id", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "starts_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."done", NEW."ends_on", NEW."id", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."starts_on", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='c8efbcaf5a540fb48a8aee6d67f6c3f33998fbe0', operation='UPDATE', pgid='pgtrigger_update_update_6c31d', table='projects_workpackage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='workpackage',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_workpackageevent" ("done", "ends_on", "id", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "starts_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (OLD."done", OLD."ends_on", OLD."id", OLD."number", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."starts_on", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at"); RETURN NULL;', hash='e42fb513b19a6bcc798777fd9c761968e0014f30', operation='DELETE', pgid='pgtrigger_delete_delete_c9e35', table='projects_workpackage', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='76d20e85a874b0cffc76eaa407c6c1e6c15e8953', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bab76', table='projects_milestoneevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_milestoneevent" ("due_on", "id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "reached_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."due_on", NEW."id", NEW."package_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."reached_on", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='4b5615a72772efaad3a9a850168183383742b493', operation='INSERT', pgid='pgtrigger_insert_insert_2945c', table='projects_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "projects_milestoneevent" ("due_on", "id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "reached_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (NEW."due_on", NEW."id", NEW."package_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."reached_on", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at"); RETURN NULL;', hash='a43c71c02d05b748e0500e9c081e36f54e314270', operation='UPDATE', pgid='pgtrigger_update_update_96e58', table='projects_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "projects_milestoneevent" ("due_on", "id", "package_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "reached_on", "title_en", "title_fi", "title_sv", "updated_at") VALUES (OLD."due_on", OLD."id", OLD."package_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."reached_on", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at"); RETURN NULL;', hash='5b7c3050c2a2c98cee6e6778051f12f37748143d', operation='DELETE', pgid='pgtrigger_delete_delete_fed44', table='projects_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='workpackageevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='835e436ef1831a1feba6da3d2eb8c943c4c6da48', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44e9e', table='projects_workpackageevent', when='BEFORE')),
            ),
        ]),
    ]
