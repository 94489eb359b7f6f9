import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('events', '0003_initial'),
        ('knowledge', '0004_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('projects', '0002_initial'),
        ('theses', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='idea',
                name='topic',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='theses.topic'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='challenge',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='event',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='need',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.need'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.idea'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='ideaevent',
                name='topic',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic'),
            ),
            migrations.AddField(
                model_name='material',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='events.event'),
            ),
            migrations.AddField(
                model_name='material',
                name='sender',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.material'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='sender',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='meeting',
                name='about_challenge',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='meeting',
                name='about_programme',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='meeting',
                name='about_project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='meeting',
                name='approver',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='minutes approved by'),
            ),
            migrations.AddField(
                model_name='meeting',
                name='body',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='meeting',
                name='teller',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
            ),
            migrations.AddField(
                model_name='decisionevent',
                name='meeting',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='decision',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='meeting',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting'),
            ),
            migrations.AddField(
                model_name='correction',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='events.meeting'),
            ),
            migrations.AddField(
                model_name='attendanceevent',
                name='meeting',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='attendance',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='about_challenge',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='about_programme',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.programme', verbose_name='action programme'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='about_project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='approver',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='minutes approved by'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='body',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.meeting'),
            ),
            migrations.AddField(
                model_name='meetingevent',
                name='teller',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
            ),
            migrations.AddField(
                model_name='meetingitem',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='meetingitem',
                name='proposer',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='meetingitem',
                name='writer',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='decisionevent',
                name='item',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='decision',
                name='item',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='item',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='correction',
                name='item',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='meetingitemevent',
                name='meeting',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='meetingitemevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='meetingitemevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.meetingitem'),
            ),
            migrations.AddField(
                model_name='meetingitemevent',
                name='proposer',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='meetingitemevent',
                name='writer',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='meetingpaper',
                name='item',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='papers', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='meetingpaper',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='meetingpaperevent',
                name='item',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meetingitem', verbose_name='matter'),
            ),
            migrations.AddField(
                model_name='meetingpaperevent',
                name='meeting',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting'),
            ),
            migrations.AddField(
                model_name='meetingpaperevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='meetingpaperevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.meetingpaper'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='asked',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who was asked'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='asked_organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation that was asked'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='asker',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who asked'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='asker_cluster',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='asker_organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='challenge',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.challenge'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='need',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.need', verbose_name='need'),
            ),
            migrations.AddField(
                model_name='onetoone',
                name='project',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='offeredtime',
                name='meeting',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='events.onetoone'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='asked',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who was asked'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='asked_organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation that was asked'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='asker',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who asked'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='asker_cluster',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='asker_organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='challenge',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='need',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.need', verbose_name='need'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.onetoone'),
            ),
            migrations.AddField(
                model_name='onetooneevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ),
            migrations.AddField(
                model_name='paperversion',
                name='paper',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='events.meetingpaper', verbose_name='paper'),
            ),
            migrations.AddField(
                model_name='paperversion',
                name='sender',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
            ),
            migrations.AddField(
                model_name='paperversionevent',
                name='paper',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meetingpaper', verbose_name='paper'),
            ),
            migrations.AddField(
                model_name='paperversionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='paperversionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.paperversion'),
            ),
            migrations.AddField(
                model_name='paperversionevent',
                name='sender',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
            ),
            migrations.AddField(
                model_name='participantletter',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='events.event'),
            ),
            migrations.AddField(
                model_name='participantletter',
                name='sender',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.participantletter'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='sender',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
            ),
            migrations.AddField(
                model_name='quota',
                name='cluster',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.cluster', verbose_name='cluster'),
            ),
            migrations.AddField(
                model_name='quota',
                name='region',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='quotaevent',
                name='cluster',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='cluster'),
            ),
            migrations.AddField(
                model_name='quotaevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='quotaevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.quota'),
            ),
            migrations.AddField(
                model_name='quotaevent',
                name='region',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='registration',
                name='brought_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by'),
            ),
            migrations.AddField(
                model_name='registration',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='events.event'),
            ),
            migrations.AddField(
                model_name='registration',
                name='quota',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to='events.quota', verbose_name='quota'),
            ),
            migrations.AddField(
                model_name='registration',
                name='user',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL, verbose_name='user'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='brought_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.registration'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='quota',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.quota', verbose_name='quota'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='user',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
            ),
            migrations.AddField(
                model_name='riskentry',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='riskentry',
                name='course',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='events.course', verbose_name='course'),
            ),
            migrations.AddField(
                model_name='riskentry',
                name='signal',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.signal'),
            ),
            migrations.AddField(
                model_name='riskentryevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
            ),
            migrations.AddField(
                model_name='riskentryevent',
                name='course',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.course', verbose_name='course'),
            ),
            migrations.AddField(
                model_name='riskentryevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='riskentryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.riskentry'),
            ),
            migrations.AddField(
                model_name='riskentryevent',
                name='signal',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.signal'),
            ),
            migrations.AddField(
                model_name='seats',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='events.event'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='seats',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.seats', verbose_name='way of taking part'),
            ),
            migrations.AddField(
                model_name='registration',
                name='seats',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.seats', verbose_name='way of taking part'),
            ),
            migrations.AddField(
                model_name='quotaevent',
                name='seats',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.seats'),
            ),
            migrations.AddField(
                model_name='quota',
                name='seats',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotas', to='events.seats'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.seats'),
            ),
            migrations.AddField(
                model_name='sessionchoice',
                name='item',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='events.agendaitem'),
            ),
            migrations.AddField(
                model_name='sessionchoice',
                name='registration',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.registration'),
            ),
            migrations.AddField(
                model_name='signature',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='signature',
                name='signer',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by'),
            ),
            migrations.AddField(
                model_name='signatureevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='signatureevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signatureevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.signature'),
            ),
            migrations.AddField(
                model_name='signatureevent',
                name='signer',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by'),
            ),
            migrations.AddField(
                model_name='statement',
                name='body',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='signatureevent',
                name='statement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.statement', verbose_name='joint statement'),
            ),
            migrations.AddField(
                model_name='signature',
                name='statement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='events.statement', verbose_name='joint statement'),
            ),
            migrations.AddField(
                model_name='statementevent',
                name='body',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='statementevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='statementevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.statement'),
            ),
            migrations.AddField(
                model_name='support',
                name='idea',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='events.idea'),
            ),
            migrations.AddField(
                model_name='support',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='talk',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='talk',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='events.event'),
            ),
            migrations.AddField(
                model_name='talk',
                name='item',
                field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='talk', to='events.agendaitem'),
            ),
            migrations.AddField(
                model_name='talkevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='talkevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='talkevent',
                name='item',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.agendaitem'),
            ),
            migrations.AddField(
                model_name='talkevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='talkevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.talk'),
            ),
            migrations.AddIndex(
                model_name='body',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_body_search'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['steering_group', 'forum', 'board', 'network', 'project_group', 'theme_group'])), name='events_body_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_body_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('papers_by__in', ['body', 'members', 'public'])), name='events_body_papers_by_known'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('title_fi', ''), _negated=True), name='events_body_title_given'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('quorum', None), ('quorum__gte', 1), _connector='OR'), name='events_body_quorum_positive'),
            ),
            migrations.AddConstraint(
                model_name='body',
                constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='events_body_no_own_parent'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='body',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_bodyevent" ("created_at", "ended_on", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "papers_by", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "quorum", "slug", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."created_at", NEW."ended_on", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."papers_by", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."quorum", NEW."slug", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='e7b87ad063100bad599aa0f0d304d4e121262cf0', operation='INSERT', pgid='pgtrigger_insert_insert_5a2ad', table='events_body', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='body',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."papers_by" IS DISTINCT FROM (NEW."papers_by") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."project_id" IS DISTINCT FROM (NEW."project_id") OR OLD."quorum" IS DISTINCT FROM (NEW."quorum") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "events_bodyevent" ("created_at", "ended_on", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "papers_by", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "quorum", "slug", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."created_at", NEW."ended_on", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."papers_by", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."quorum", NEW."slug", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='ba6eaca7ef2b5005f1e155efb62abe7d681aa441', operation='UPDATE', pgid='pgtrigger_update_update_f0739', table='events_body', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='body',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_bodyevent" ("created_at", "ended_on", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "papers_by", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "quorum", "slug", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."created_at", OLD."ended_on", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."kind", OLD."organisation_id", OLD."papers_by", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."quorum", OLD."slug", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='7d3e9909d6b8072ecbc764accd1101bd13c1d7fb', operation='DELETE', pgid='pgtrigger_delete_delete_4521b', table='events_body', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='1d2e7640c47a5085b029cab9b2fbfeaa82d3e7c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a802a', table='events_bodyevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='bodymember',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['chair', 'vice_chair', 'secretary', 'member', 'deputy', 'expert'])), name='events_bodymember_role_known'),
            ),
            migrations.AddConstraint(
                model_name='bodymember',
                constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since')), ('until__isnull', True), ('since__isnull', True), _connector='OR'), name='events_bodymember_term_in_order'),
            ),
            migrations.AddConstraint(
                model_name='bodymember',
                constraint=models.CheckConstraint(condition=models.Q(('deputy_of', None), ('role', 'deputy'), _connector='OR'), name='events_bodymember_deputy_of_one'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodymember',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_bodymemberevent" ("body_id", "deputy_of_id", "email", "form_key", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "until", "user_id") VALUES (NEW."body_id", NEW."deputy_of_id", NEW."email", NEW."form_key", NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;', hash='1d72731a9942cba68f3edd167c7b39221043ee56', operation='INSERT', pgid='pgtrigger_insert_insert_3438d', table='events_bodymember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodymember',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_bodymemberevent" ("body_id", "deputy_of_id", "email", "form_key", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "until", "user_id") VALUES (NEW."body_id", NEW."deputy_of_id", NEW."email", NEW."form_key", NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;', hash='4acdf6fb17f692d65bb625ef85f71e2bd287c8ac', operation='UPDATE', pgid='pgtrigger_update_update_8b0e5', table='events_bodymember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodymember',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_bodymemberevent" ("body_id", "deputy_of_id", "email", "form_key", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "until", "user_id") VALUES (OLD."body_id", OLD."deputy_of_id", OLD."email", OLD."form_key", OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;', hash='7c26822346c3db7b499c3512fccf72dc7fe8d6f0', operation='DELETE', pgid='pgtrigger_delete_delete_17a89', table='events_bodymember', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodymemberevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f7af5bd7519ac20970abeadb15ba2786f0198634', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_59db1', table='events_bodymemberevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='bodyregionsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='265ccb2dc3c741114f2930ea1f561c1f96d97afe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62f6b', table='events_bodyregionsevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='course',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_course_search'),
            ),
            migrations.AddConstraint(
                model_name='course',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'open', 'ended', 'cancelled'])), name='events_course_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='course',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_course_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='course',
                constraint=models.CheckConstraint(condition=models.Q(('title_fi', ''), _negated=True), name='events_course_title_given'),
            ),
            migrations.AddConstraint(
                model_name='course',
                constraint=models.CheckConstraint(condition=models.Q(('requires', None), models.Q(('requires', models.F('pk')), _negated=True), _connector='OR'), name='events_course_requires_another'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='course',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_courseevent" ("created_at", "description", "followed_up_at", "form_key", "group_task", "has_register", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prerequisites", "published_at", "requires_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."created_at", NEW."description", NEW."followed_up_at", NEW."form_key", NEW."group_task", NEW."has_register", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prerequisites", NEW."published_at", NEW."requires_id", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='486c8d65f2e35be7f6c1a3219f97936763036f5a', operation='INSERT', pgid='pgtrigger_insert_insert_3fbfa', table='events_course', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='course',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."followed_up_at" IS DISTINCT FROM (NEW."followed_up_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."group_task" IS DISTINCT FROM (NEW."group_task") OR OLD."has_register" IS DISTINCT FROM (NEW."has_register") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."prerequisites" IS DISTINCT FROM (NEW."prerequisites") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."requires_id" IS DISTINCT FROM (NEW."requires_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "events_courseevent" ("created_at", "description", "followed_up_at", "form_key", "group_task", "has_register", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prerequisites", "published_at", "requires_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."created_at", NEW."description", NEW."followed_up_at", NEW."form_key", NEW."group_task", NEW."has_register", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prerequisites", NEW."published_at", NEW."requires_id", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='73cd45f4f64b97f9da3dad2c349ce61740c4f6cc', operation='UPDATE', pgid='pgtrigger_update_update_4bf77', table='events_course', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='course',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_courseevent" ("created_at", "description", "followed_up_at", "form_key", "group_task", "has_register", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prerequisites", "published_at", "requires_id", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."created_at", OLD."description", OLD."followed_up_at", OLD."form_key", OLD."group_task", OLD."has_register", OLD."home_cluster_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prerequisites", OLD."published_at", OLD."requires_id", OLD."slug", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='c6f8700149686911bf237f43f991cafde30a60b5', operation='DELETE', pgid='pgtrigger_delete_delete_70660', table='events_course', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='coursecertificate',
                constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('course', 'user'), name='events_coursecertificate_user_once'),
            ),
            migrations.AddConstraint(
                model_name='coursecertificate',
                constraint=models.UniqueConstraint(models.F('course'), django.db.models.functions.text.Lower('email'), django.db.models.functions.text.Lower('name'), condition=models.Q(('user', None)), name='events_coursecertificate_guest_once'),
            ),
            migrations.AddConstraint(
                model_name='coursecertificate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='events_coursecertificate_account_or_guest'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursecertificate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursecertificateevent" ("course_id", "email", "given_at", "id", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."course_id", NEW."email", NEW."given_at", NEW."id", NEW."language", NEW."name", NEW."organisation_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;', hash='257bd4545cb03d77c06aa1fa0232d3125bec2343', operation='INSERT', pgid='pgtrigger_insert_insert_58b23', table='events_coursecertificate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursecertificate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."course_id" IS DISTINCT FROM (NEW."course_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_name" IS DISTINCT FROM (NEW."organisation_name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "events_coursecertificateevent" ("course_id", "email", "given_at", "id", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."course_id", NEW."email", NEW."given_at", NEW."id", NEW."language", NEW."name", NEW."organisation_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;', hash='addcca7a833192f4b88c16f40eb14fc7d49c97e4', operation='UPDATE', pgid='pgtrigger_update_update_f667a', table='events_coursecertificate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursecertificate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursecertificateevent" ("course_id", "email", "given_at", "id", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (OLD."course_id", OLD."email", OLD."given_at", OLD."id", OLD."language", OLD."name", OLD."organisation_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."user_id"); RETURN NULL;', hash='3c98965a6870cf3fd68bf36f25dd243ab43abbf7', operation='DELETE', pgid='pgtrigger_delete_delete_63b0b', table='events_coursecertificate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursecertificateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='0c188b67e484d58116f030d8fb83a5b390f83ecb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_25899', table='events_coursecertificateevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='courseevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='98440991683a6e210ab5ffca0988261bd2fac3cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6c411', table='events_courseevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='coursegroup',
                constraint=models.UniqueConstraint(models.F('course'), django.db.models.functions.text.Lower('name'), name='events_coursegroup_name_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursegroup',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursegroupevent" ("course_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."course_id", NEW."form_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;', hash='570bb95aa9390086a399dfc1b59888a64d1f08fd', operation='INSERT', pgid='pgtrigger_insert_insert_884e8', table='events_coursegroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursegroup',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_coursegroupevent" ("course_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."course_id", NEW."form_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;', hash='aba6e2f02934d3598986c6b7de4dd2681196c07b', operation='UPDATE', pgid='pgtrigger_update_update_f5b2f', table='events_coursegroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursegroup',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursegroupevent" ("course_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."course_id", OLD."form_key", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;', hash='7cdd749de256e712bc932c9e66518356657861be', operation='DELETE', pgid='pgtrigger_delete_delete_b25da', table='events_coursegroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursegroupevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9527a3edbf8d739919c0b4e29c164c3593deef96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ca311', table='events_coursegroupevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='coursegroupmember',
                constraint=models.UniqueConstraint(fields=('course', 'user'), name='events_coursegroupmember_one_group'),
            ),
            migrations.AddConstraint(
                model_name='coursereading',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_coursereading_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursereading',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursereadingevent" ("course_id", "form_key", "id", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "why") VALUES (NEW."course_id", NEW."form_key", NEW."id", NEW."link", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."why"); RETURN NULL;', hash='543e5bbe69735ba717a2e4d789462860b049e1ed', operation='INSERT', pgid='pgtrigger_insert_insert_46b09', table='events_coursereading', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursereading',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_coursereadingevent" ("course_id", "form_key", "id", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "why") VALUES (NEW."course_id", NEW."form_key", NEW."id", NEW."link", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."why"); RETURN NULL;', hash='60103dd5a2c8badef8ce0d675ddbe94e40af841d', operation='UPDATE', pgid='pgtrigger_update_update_ff18d', table='events_coursereading', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursereading',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursereadingevent" ("course_id", "form_key", "id", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "why") VALUES (OLD."course_id", OLD."form_key", OLD."id", OLD."link", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."why"); RETURN NULL;', hash='e79498ba005cd7c5e989d72ac53427118ffd363c', operation='DELETE', pgid='pgtrigger_delete_delete_825a0', table='events_coursereading', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursereadingevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e7d8538738b0bd1de3d1a686d34c1dae18c8b131', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_07ec3', table='events_coursereadingevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='decisionreport',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'open', 'running', 'done', 'dropped'])), name='events_decisionreport_stage_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionreport',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_decisionreportevent" ("author_id", "by_link", "decision_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "text", "told_at") VALUES (NEW."author_id", NEW."by_link", NEW."decision_id", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stage", NEW."text", NEW."told_at"); RETURN NULL;', hash='b3e82c578a13185d370b54b3173d34d4a0dc924d', operation='INSERT', pgid='pgtrigger_insert_insert_7bfe0', table='events_decisionreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionreport',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_decisionreportevent" ("author_id", "by_link", "decision_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "text", "told_at") VALUES (NEW."author_id", NEW."by_link", NEW."decision_id", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stage", NEW."text", NEW."told_at"); RETURN NULL;', hash='10582ae3bc7b2a9db9c17aacc0ba7eddbcd37ea2', operation='UPDATE', pgid='pgtrigger_update_update_5e701', table='events_decisionreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionreport',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_decisionreportevent" ("author_id", "by_link", "decision_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "text", "told_at") VALUES (OLD."author_id", OLD."by_link", OLD."decision_id", OLD."form_key", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stage", OLD."text", OLD."told_at"); RETURN NULL;', hash='b89527cd11af450fd8f51cb7dab79ff0398473be', operation='DELETE', pgid='pgtrigger_delete_delete_ffe71', table='events_decisionreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionreportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e257a877f6a2b1d00171a7c05140067ba65b8acd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_981d3', table='events_decisionreportevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionresultsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='0a637d7977e053174362cc48bf346c19d20364dc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cf3f9', table='events_decisionresultsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursepartevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f62a31408125f30465c091408939a062a2f9443a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77666', table='events_coursepartevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursepart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursepartevent" ("course_id", "event_id", "id", "is_required", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."course_id", NEW."event_id", NEW."id", NEW."is_required", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='92f3e006eb4a9bcc89cd6facfce75407f754195f', operation='INSERT', pgid='pgtrigger_insert_insert_ceb4a', table='events_coursepart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursepart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_coursepartevent" ("course_id", "event_id", "id", "is_required", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."course_id", NEW."event_id", NEW."id", NEW."is_required", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='b15ea7eb2a71cd30665c18d146e2dc7934143eeb', operation='UPDATE', pgid='pgtrigger_update_update_b5608', table='events_coursepart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coursepart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_coursepartevent" ("course_id", "event_id", "id", "is_required", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."course_id", OLD."event_id", OLD."id", OLD."is_required", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='bd68f0a22ce457ab85772c9da33fc3a97a5a0ceb', operation='DELETE', pgid='pgtrigger_delete_delete_1d8d5', table='events_coursepart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitemevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6605f8d7b80b8fa8166c6f30df1951e546eb59cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_71253', table='events_agendaitemevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='agendaitem',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_agendaitem_title_given'),
            ),
            migrations.AddConstraint(
                model_name='agendaitem',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_agendaitem_in_order'),
            ),
            migrations.AddConstraint(
                model_name='agendaitem',
                constraint=models.CheckConstraint(condition=models.Q(('capacity', None), ('chosen__lte', models.F('capacity')), _connector='OR'), name='events_agendaitem_room_for_all'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_agendaitemevent" ("abstract", "capacity", "ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (NEW."abstract", NEW."capacity", NEW."ends_at", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room", NEW."speaker", NEW."speaker_agreed", NEW."starts_at", NEW."stream", NEW."title"); RETURN NULL;', hash='e54a5f36919303fc5665915d72857a2ac29d1382', operation='INSERT', pgid='pgtrigger_insert_insert_d2e2a', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."abstract" IS DISTINCT FROM (NEW."abstract") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."room" IS DISTINCT FROM (NEW."room") OR OLD."speaker" IS DISTINCT FROM (NEW."speaker") OR OLD."speaker_agreed" IS DISTINCT FROM (NEW."speaker_agreed") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."stream" IS DISTINCT FROM (NEW."stream") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "events_agendaitemevent" ("abstract", "capacity", "ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (NEW."abstract", NEW."capacity", NEW."ends_at", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room", NEW."speaker", NEW."speaker_agreed", NEW."starts_at", NEW."stream", NEW."title"); RETURN NULL;', hash='d6d44da2ec61d10c293e57077dcd5f8b80a11fff', operation='UPDATE', pgid='pgtrigger_update_update_c8d1c', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_agendaitemevent" ("abstract", "capacity", "ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (OLD."abstract", OLD."capacity", OLD."ends_at", OLD."event_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room", OLD."speaker", OLD."speaker_agreed", OLD."starts_at", OLD."stream", OLD."title"); RETURN NULL;', hash='43173062bd446578d5c998bac91da854c182913b', operation='DELETE', pgid='pgtrigger_delete_delete_be097', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventcohostsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cd0a51ec90cb2925f0233ea926bd1458035309e1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a91df', table='events_eventcohostsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventmeasuresevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3397ae5018a97b11634e9ce082c832fb41d2e5b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85096', table='events_eventmeasuresevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='eventquestion',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'number', 'money', 'date', 'choice', 'many', 'scale', 'matrix'])), name='events_eventquestion_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='eventquestion',
                constraint=models.CheckConstraint(condition=models.Q(('text_fi', ''), _negated=True), name='events_eventquestion_text_given'),
            ),
            migrations.AddConstraint(
                model_name='eventquestion',
                constraint=models.CheckConstraint(condition=models.Q(('steps__range', (2, 10))), name='events_eventquestion_steps_in_range'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventquestion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventquestionevent" ("event_id", "id", "is_required", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rows", "steps", "text_en", "text_fi", "text_sv") VALUES (NEW."event_id", NEW."id", NEW."is_required", NEW."kind", NEW."options", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."rows", NEW."steps", NEW."text_en", NEW."text_fi", NEW."text_sv"); RETURN NULL;', hash='808d8f24b5efc71ada3966c0249774b03bd600c5', operation='INSERT', pgid='pgtrigger_insert_insert_2d316', table='events_eventquestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventquestion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventquestionevent" ("event_id", "id", "is_required", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rows", "steps", "text_en", "text_fi", "text_sv") VALUES (NEW."event_id", NEW."id", NEW."is_required", NEW."kind", NEW."options", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."rows", NEW."steps", NEW."text_en", NEW."text_fi", NEW."text_sv"); RETURN NULL;', hash='2d46a465147ee531ef190f2f7752374ce9dae0c0', operation='UPDATE', pgid='pgtrigger_update_update_3a8f9', table='events_eventquestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventquestion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventquestionevent" ("event_id", "id", "is_required", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rows", "steps", "text_en", "text_fi", "text_sv") VALUES (OLD."event_id", OLD."id", OLD."is_required", OLD."kind", OLD."options", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."rows", OLD."steps", OLD."text_en", OLD."text_fi", OLD."text_sv"); RETURN NULL;', hash='840dd82fe76fe672c13fae01b07846e31c22ee31', operation='DELETE', pgid='pgtrigger_delete_delete_37924', table='events_eventquestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventquestionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='de0244fa9341ef1d3b49721e6cf6061697b439fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_06f94', table='events_eventquestionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='16c3318d5129f1c68f677850854b8c1208cf1ba5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b378', table='events_eventevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['stage', 'starts_at'], name='events_event_by_start'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_event_search'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['gathering', 'seminar', 'training', 'workshop', 'webinar', 'forum', 'steering_group'])), name='events_event_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'published', 'cancelled', 'withdrawn'])), name='events_event_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_event_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('admission__in', ['open', 'approval', 'invited'])), name='events_event_admission_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('queue__in', ['at_once', 'offer'])), name='events_event_queue_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('requires', models.F('pk')), _negated=True), name='events_event_requires_another'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_event_ends_after_start'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('registration_closes_at__gte', models.F('registration_opens_at')), ('registration_closes_at__isnull', True), ('registration_opens_at__isnull', True), _connector='OR'), name='events_event_registration_in_order'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'withdrawn']), ('published_at__isnull', False), _connector='OR'), name='events_event_published_at_a_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_access", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "offer_hours", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "queue", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "requires_id", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "talks_until", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (NEW."admission", NEW."aftermath", NEW."asks_access", NEW."asks_diet", NEW."clusters", NEW."created_at", NEW."description", NEW."ends_at", NEW."form_key", NEW."from_challenge_id", NEW."from_project_id", NEW."gives_certificate", NEW."has_photography", NEW."home_cluster_id", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."is_restricted", NEW."kind", NEW."language", NEW."modes", NEW."municipality", NEW."offer_hours", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."queue", NEW."recording_link", NEW."registration_closes_at", NEW."registration_opens_at", NEW."registrations_kept_until", NEW."remote_link", NEW."requires_id", NEW."series_id", NEW."slug", NEW."stage", NEW."starts_at", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."talks_until", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."venue", NEW."visibility"); RETURN NULL;', hash='5389244991cc60220a5e79f9706e254c181b3b5d', operation='INSERT', pgid='pgtrigger_insert_insert_82b94', table='events_event', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."admission" IS DISTINCT FROM (NEW."admission") OR OLD."aftermath" IS DISTINCT FROM (NEW."aftermath") OR OLD."asks_access" IS DISTINCT FROM (NEW."asks_access") OR OLD."asks_diet" IS DISTINCT FROM (NEW."asks_diet") OR OLD."clusters" IS DISTINCT FROM (NEW."clusters") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."from_challenge_id" IS DISTINCT FROM (NEW."from_challenge_id") OR OLD."from_project_id" IS DISTINCT FROM (NEW."from_project_id") OR OLD."gives_certificate" IS DISTINCT FROM (NEW."gives_certificate") OR OLD."has_photography" IS DISTINCT FROM (NEW."has_photography") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."ics_sequence" IS DISTINCT FROM (NEW."ics_sequence") OR OLD."ics_uid" IS DISTINCT FROM (NEW."ics_uid") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_restricted" IS DISTINCT FROM (NEW."is_restricted") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."offer_hours" IS DISTINCT FROM (NEW."offer_hours") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."queue" IS DISTINCT FROM (NEW."queue") OR OLD."recording_link" IS DISTINCT FROM (NEW."recording_link") OR OLD."registration_closes_at" IS DISTINCT FROM (NEW."registration_closes_at") OR OLD."registration_opens_at" IS DISTINCT FROM (NEW."registration_opens_at") OR OLD."registrations_kept_until" IS DISTINCT FROM (NEW."registrations_kept_until") OR OLD."remote_link" IS DISTINCT FROM (NEW."remote_link") OR OLD."requires_id" IS DISTINCT FROM (NEW."requires_id") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."talks_until" IS DISTINCT FROM (NEW."talks_until") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."venue" IS DISTINCT FROM (NEW."venue") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_access", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "offer_hours", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "queue", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "requires_id", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "talks_until", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (NEW."admission", NEW."aftermath", NEW."asks_access", NEW."asks_diet", NEW."clusters", NEW."created_at", NEW."description", NEW."ends_at", NEW."form_key", NEW."from_challenge_id", NEW."from_project_id", NEW."gives_certificate", NEW."has_photography", NEW."home_cluster_id", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."is_restricted", NEW."kind", NEW."language", NEW."modes", NEW."municipality", NEW."offer_hours", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."queue", NEW."recording_link", NEW."registration_closes_at", NEW."registration_opens_at", NEW."registrations_kept_until", NEW."remote_link", NEW."requires_id", NEW."series_id", NEW."slug", NEW."stage", NEW."starts_at", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."talks_until", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."venue", NEW."visibility"); RETURN NULL;', hash='fd8aa1bc2d62493754a2d3f50a40d61998ec9600', operation='UPDATE', pgid='pgtrigger_update_update_73f59', table='events_event', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_access", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "offer_hours", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "queue", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "requires_id", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "talks_until", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (OLD."admission", OLD."aftermath", OLD."asks_access", OLD."asks_diet", OLD."clusters", OLD."created_at", OLD."description", OLD."ends_at", OLD."form_key", OLD."from_challenge_id", OLD."from_project_id", OLD."gives_certificate", OLD."has_photography", OLD."home_cluster_id", OLD."ics_sequence", OLD."ics_uid", OLD."id", OLD."is_restricted", OLD."kind", OLD."language", OLD."modes", OLD."municipality", OLD."offer_hours", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."queue", OLD."recording_link", OLD."registration_closes_at", OLD."registration_opens_at", OLD."registrations_kept_until", OLD."remote_link", OLD."requires_id", OLD."series_id", OLD."slug", OLD."stage", OLD."starts_at", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."talks_until", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."venue", OLD."visibility"); RETURN NULL;', hash='9751d660148b0761484b86ddaa8160b165ac108e', operation='DELETE', pgid='pgtrigger_delete_delete_d74a6', table='events_event', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='eventtemplate',
                constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='events_eventtemplate_name_once'),
            ),
            migrations.AddConstraint(
                model_name='groupoutput',
                constraint=models.CheckConstraint(condition=models.Q(('file', ''), ('text', ''), _negated=True), name='events_groupoutput_text_or_file'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupoutput',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_groupoutputevent" ("comment", "commented_at", "course_id", "file", "form_key", "group_id", "handed_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "size", "text", "title") VALUES (NEW."comment", NEW."commented_at", NEW."course_id", NEW."file", NEW."form_key", NEW."group_id", NEW."handed_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sender_id", NEW."size", NEW."text", NEW."title"); RETURN NULL;', hash='e8030cdda2a81fcaea20448f8c2444e1e7ad63a8', operation='INSERT', pgid='pgtrigger_insert_insert_80f3e', table='events_groupoutput', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupoutput',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_groupoutputevent" ("comment", "commented_at", "course_id", "file", "form_key", "group_id", "handed_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "size", "text", "title") VALUES (NEW."comment", NEW."commented_at", NEW."course_id", NEW."file", NEW."form_key", NEW."group_id", NEW."handed_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sender_id", NEW."size", NEW."text", NEW."title"); RETURN NULL;', hash='75da6d416f2d8cd935898d239367d262d6ebbd72', operation='UPDATE', pgid='pgtrigger_update_update_15a1d', table='events_groupoutput', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupoutput',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_groupoutputevent" ("comment", "commented_at", "course_id", "file", "form_key", "group_id", "handed_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "size", "text", "title") VALUES (OLD."comment", OLD."commented_at", OLD."course_id", OLD."file", OLD."form_key", OLD."group_id", OLD."handed_at", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sender_id", OLD."size", OLD."text", OLD."title"); RETURN NULL;', hash='6ad0074bc7dbaf371a97a62f4dd9586e2616c29c', operation='DELETE', pgid='pgtrigger_delete_delete_726b6', table='events_groupoutput', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupoutputevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b1a35e4b6b6826d82eea27465a8bb8bd64e3320c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba6ee', table='events_groupoutputevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='idea',
                index=models.Index(fields=['stage', '-published_at'], name='events_idea_newest'),
            ),
            migrations.AddConstraint(
                model_name='idea',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['proposed', 'published', 'moved', 'closed'])), name='events_idea_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='idea',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_idea_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='idea',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('challenge__isnull', False), ('project__isnull', False), _negated=True), models.Q(('need__isnull', False), ('topic__isnull', False), _negated=True), models.Q(models.Q(('challenge', None), ('project', None)), models.Q(('need', None), ('topic', None)), _connector='OR')), name='events_idea_became_one_thing'),
            ),
            migrations.AddConstraint(
                model_name='idea',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='events_idea_closed_with_why'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='idea',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_ideaevent" ("author_id", "challenge_id", "created_at", "event_id", "form_key", "home_cluster_id", "id", "need_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "published_at", "reason", "stage", "text", "title", "topic_id", "updated_at", "visibility") VALUES (NEW."author_id", NEW."challenge_id", NEW."created_at", NEW."event_id", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."need_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."public_id", NEW."published_at", NEW."reason", NEW."stage", NEW."text", NEW."title", NEW."topic_id", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='ff0dcf1a40475a527600956e56fabf6a8f5d372a', operation='INSERT', pgid='pgtrigger_insert_insert_ec955', table='events_idea', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='idea',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_ideaevent" ("author_id", "challenge_id", "created_at", "event_id", "form_key", "home_cluster_id", "id", "need_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "published_at", "reason", "stage", "text", "title", "topic_id", "updated_at", "visibility") VALUES (NEW."author_id", NEW."challenge_id", NEW."created_at", NEW."event_id", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."need_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."public_id", NEW."published_at", NEW."reason", NEW."stage", NEW."text", NEW."title", NEW."topic_id", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='2dcad55dd753174361337fe6f24cbd5a3b51abc2', operation='UPDATE', pgid='pgtrigger_update_update_59271', table='events_idea', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='idea',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_ideaevent" ("author_id", "challenge_id", "created_at", "event_id", "form_key", "home_cluster_id", "id", "need_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "public_id", "published_at", "reason", "stage", "text", "title", "topic_id", "updated_at", "visibility") VALUES (OLD."author_id", OLD."challenge_id", OLD."created_at", OLD."event_id", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."need_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."public_id", OLD."published_at", OLD."reason", OLD."stage", OLD."text", OLD."title", OLD."topic_id", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='28c880fc121a156fea46d662a683dca28ea366f1', operation='DELETE', pgid='pgtrigger_delete_delete_d8099', table='events_idea', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='ideaevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='de4c1be2a7721dd755c461722c95cbc503db5a40', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2240b', table='events_ideaevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['material', 'recording'])), name='events_material_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__in', ['everyone', 'participants'])), name='events_material_read_by_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('shown__in', ['at_once', 'afterwards'])), name='events_material_shown_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('file', ''), ('link', ''), _connector='XOR'), name='events_material_file_or_link'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (NEW."added_at", NEW."event_id", NEW."file", NEW."form_key", NEW."id", NEW."kind", NEW."link", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."read_by", NEW."sender_id", NEW."shown", NEW."size", NEW."title"); RETURN NULL;', hash='786bbf5088c69ee0ffaa8dba6ea2579dc0f04262', operation='INSERT', pgid='pgtrigger_insert_insert_50b97', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (NEW."added_at", NEW."event_id", NEW."file", NEW."form_key", NEW."id", NEW."kind", NEW."link", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."read_by", NEW."sender_id", NEW."shown", NEW."size", NEW."title"); RETURN NULL;', hash='b8a4d19d9f35abafc17387024cfc6aea9a44f6eb', operation='UPDATE', pgid='pgtrigger_update_update_a75c0', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (OLD."added_at", OLD."event_id", OLD."file", OLD."form_key", OLD."id", OLD."kind", OLD."link", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."read_by", OLD."sender_id", OLD."shown", OLD."size", OLD."title"); RETURN NULL;', hash='07bbcc2f55eda16c277047523f40c3d24ecfc7ab', operation='DELETE', pgid='pgtrigger_delete_delete_48d59', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='materialevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='53c09154a01997233af4dd7898cc8838234562f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61881', table='events_materialevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'called', 'running', 'review', 'approved', 'cancelled'])), name='events_meeting_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_meeting_ends_after_start'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.UniqueConstraint(fields=('body', 'year', 'number'), name='events_meeting_number_once'),
            ),
            migrations.AddConstraint(
                model_name='meeting',
                constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', False), models.Q(('stage', 'approved'), _negated=True), _connector='OR'), name='events_meeting_approved_at_a_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingevent" ("about_challenge_id", "about_programme_id", "about_project_id", "approved_at", "approver_id", "body_id", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "invitation", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "remote_link", "stage", "starts_at", "teller_id", "updated_at", "year") VALUES (NEW."about_challenge_id", NEW."about_programme_id", NEW."about_project_id", NEW."approved_at", NEW."approver_id", NEW."body_id", NEW."ends_at", NEW."form_key", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."invitation", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."public_id", NEW."remote_link", NEW."stage", NEW."starts_at", NEW."teller_id", NEW."updated_at", NEW."year"); RETURN NULL;', hash='0affbee9b52e5112e48c2604102668d3abc17561', operation='INSERT', pgid='pgtrigger_insert_insert_3992c', table='events_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_meetingevent" ("about_challenge_id", "about_programme_id", "about_project_id", "approved_at", "approver_id", "body_id", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "invitation", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "remote_link", "stage", "starts_at", "teller_id", "updated_at", "year") VALUES (NEW."about_challenge_id", NEW."about_programme_id", NEW."about_project_id", NEW."approved_at", NEW."approver_id", NEW."body_id", NEW."ends_at", NEW."form_key", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."invitation", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."public_id", NEW."remote_link", NEW."stage", NEW."starts_at", NEW."teller_id", NEW."updated_at", NEW."year"); RETURN NULL;', hash='5947c24bdd7f777325eb3a4b3f70a2bc16c70e57', operation='UPDATE', pgid='pgtrigger_update_update_c2417', table='events_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meeting',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingevent" ("about_challenge_id", "about_programme_id", "about_project_id", "approved_at", "approver_id", "body_id", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "invitation", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "remote_link", "stage", "starts_at", "teller_id", "updated_at", "year") VALUES (OLD."about_challenge_id", OLD."about_programme_id", OLD."about_project_id", OLD."approved_at", OLD."approver_id", OLD."body_id", OLD."ends_at", OLD."form_key", OLD."ics_sequence", OLD."ics_uid", OLD."id", OLD."invitation", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."public_id", OLD."remote_link", OLD."stage", OLD."starts_at", OLD."teller_id", OLD."updated_at", OLD."year"); RETURN NULL;', hash='2a5e6a060d0fec080b65385134999e142cd71faf', operation='DELETE', pgid='pgtrigger_delete_delete_327bd', table='events_meeting', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendanceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8b374ae46eec00cb0141c7387026ddc398293f30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_10ec3', table='events_attendanceevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['none', 'comes', 'remote', 'away'])), name='events_attendance_answer_known'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.CheckConstraint(condition=models.Q(('presence__in', ['unknown', 'there', 'remote', 'away'])), name='events_attendance_presence_known'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.UniqueConstraint(fields=('meeting', 'seat'), name='events_attendance_member_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_attendanceevent" ("answer", "deputy_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "public_id", "seat_id") VALUES (NEW."answer", NEW."deputy_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presence", NEW."public_id", NEW."seat_id"); RETURN NULL;', hash='f60c822983f837b49e2184f6edbf5c148ceff06b', operation='INSERT', pgid='pgtrigger_insert_insert_948c8', table='events_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_attendanceevent" ("answer", "deputy_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "public_id", "seat_id") VALUES (NEW."answer", NEW."deputy_id", NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presence", NEW."public_id", NEW."seat_id"); RETURN NULL;', hash='0995d91a5f8a4ba62f79c37d396ea06c262b66d3', operation='UPDATE', pgid='pgtrigger_update_update_142f4', table='events_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_attendanceevent" ("answer", "deputy_id", "id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "public_id", "seat_id") VALUES (OLD."answer", OLD."deputy_id", OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."presence", OLD."public_id", OLD."seat_id"); RETURN NULL;', hash='a5e6251454ffbcafe43ec8c57b706f15bc40b876', operation='DELETE', pgid='pgtrigger_delete_delete_7d13d', table='events_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='0a31ccd814d902a8de8fb4e120e122423031404d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1c59', table='events_meetingevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='meetingitem',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opening', 'follow_up', 'matter', 'closing'])), name='events_meetingitem_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='meetingitem',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'on', 'left_out'])), name='events_meetingitem_state_known'),
            ),
            migrations.AddConstraint(
                model_name='meetingitem',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_meetingitem_title_given'),
            ),
            migrations.AddConstraint(
                model_name='meetingitem',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'on')), fields=('meeting', 'number'), name='events_meetingitem_number_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingitemevent" ("background", "form_key", "id", "kind", "meeting_id", "minutes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "proposal", "proposer_id", "public_id", "reason", "snapshot", "state", "title", "version", "writer_id", "written_at") VALUES (NEW."background", NEW."form_key", NEW."id", NEW."kind", NEW."meeting_id", NEW."minutes", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presenter", NEW."proposal", NEW."proposer_id", NEW."public_id", NEW."reason", NEW."snapshot", NEW."state", NEW."title", NEW."version", NEW."writer_id", NEW."written_at"); RETURN NULL;', hash='c089d2b44d8f6cb6b18c520e229e3a4cdb2a2c3a', operation='INSERT', pgid='pgtrigger_insert_insert_dbf46', table='events_meetingitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_meetingitemevent" ("background", "form_key", "id", "kind", "meeting_id", "minutes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "proposal", "proposer_id", "public_id", "reason", "snapshot", "state", "title", "version", "writer_id", "written_at") VALUES (NEW."background", NEW."form_key", NEW."id", NEW."kind", NEW."meeting_id", NEW."minutes", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presenter", NEW."proposal", NEW."proposer_id", NEW."public_id", NEW."reason", NEW."snapshot", NEW."state", NEW."title", NEW."version", NEW."writer_id", NEW."written_at"); RETURN NULL;', hash='59f77899e99fe479532d8903de9df4c6f2c78a1a', operation='UPDATE', pgid='pgtrigger_update_update_d595d', table='events_meetingitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingitemevent" ("background", "form_key", "id", "kind", "meeting_id", "minutes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presenter", "proposal", "proposer_id", "public_id", "reason", "snapshot", "state", "title", "version", "writer_id", "written_at") VALUES (OLD."background", OLD."form_key", OLD."id", OLD."kind", OLD."meeting_id", OLD."minutes", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."presenter", OLD."proposal", OLD."proposer_id", OLD."public_id", OLD."reason", OLD."snapshot", OLD."state", OLD."title", OLD."version", OLD."writer_id", OLD."written_at"); RETURN NULL;', hash='b7e51e0b3f8a3b6b2fa0f1acabb26ea2439f9110', operation='DELETE', pgid='pgtrigger_delete_delete_f21b8', table='events_meetingitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decisionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='aedd0ed320e76657a1fd541e2b5ce0d30e99e6af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08d95', table='events_decisionevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='decision',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_decision_search'),
            ),
            migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'open', 'running', 'done', 'dropped'])), name='events_decision_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_decision_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='events_decision_text_given'),
            ),
            migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(('owner', None), models.Q(('owner_email', ''), ('owner_name', '')), _connector='OR'), name='events_decision_owner_is_one'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_decisionevent" ("created_at", "due_on", "form_key", "home_cluster_id", "id", "item_id", "meeting_id", "organisation_id", "owner_email", "owner_id", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_for", "reminded_late_for", "stage", "text", "updated_at", "version", "visibility") VALUES (NEW."created_at", NEW."due_on", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."item_id", NEW."meeting_id", NEW."organisation_id", NEW."owner_email", NEW."owner_id", NEW."owner_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reminded_for", NEW."reminded_late_for", NEW."stage", NEW."text", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='a3916ffe5aeeba59fa46990037d0fc1d5b016f24', operation='INSERT', pgid='pgtrigger_insert_insert_f4c41', table='events_decision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_email" IS DISTINCT FROM (NEW."owner_email") OR OLD."owner_name" IS DISTINCT FROM (NEW."owner_name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reminded_for" IS DISTINCT FROM (NEW."reminded_for") OR OLD."reminded_late_for" IS DISTINCT FROM (NEW."reminded_late_for") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "events_decisionevent" ("created_at", "due_on", "form_key", "home_cluster_id", "id", "item_id", "meeting_id", "organisation_id", "owner_email", "owner_id", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_for", "reminded_late_for", "stage", "text", "updated_at", "version", "visibility") VALUES (NEW."created_at", NEW."due_on", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."item_id", NEW."meeting_id", NEW."organisation_id", NEW."owner_email", NEW."owner_id", NEW."owner_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reminded_for", NEW."reminded_late_for", NEW."stage", NEW."text", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='4afd308e203aa726e96da64821e85056b9fa97fc', operation='UPDATE', pgid='pgtrigger_update_update_b1212', table='events_decision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_decisionevent" ("created_at", "due_on", "form_key", "home_cluster_id", "id", "item_id", "meeting_id", "organisation_id", "owner_email", "owner_id", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_for", "reminded_late_for", "stage", "text", "updated_at", "version", "visibility") VALUES (OLD."created_at", OLD."due_on", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."item_id", OLD."meeting_id", OLD."organisation_id", OLD."owner_email", OLD."owner_id", OLD."owner_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reminded_for", OLD."reminded_late_for", OLD."stage", OLD."text", OLD."updated_at", OLD."version", OLD."visibility"); RETURN NULL;', hash='5e71cc3ddf4cfe2d7be6a79fa932dd905ce25be6', operation='DELETE', pgid='pgtrigger_delete_delete_c483b', table='events_decision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correctionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='610c46a31d6d52320913a914097b455009ced28a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_17056', table='events_correctionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='correction',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='events_correction_text_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_correctionevent" ("author_id", "form_key", "id", "item_id", "made_at", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text") VALUES (NEW."author_id", NEW."form_key", NEW."id", NEW."item_id", NEW."made_at", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."text"); RETURN NULL;', hash='47ed6e2187bf13cda369f21c03038f6acb351cf8', operation='INSERT', pgid='pgtrigger_insert_insert_4afa9', table='events_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_correctionevent" ("author_id", "form_key", "id", "item_id", "made_at", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text") VALUES (NEW."author_id", NEW."form_key", NEW."id", NEW."item_id", NEW."made_at", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."text"); RETURN NULL;', hash='285bf138ace3ad4f3972e531eb157db5a9052840', operation='UPDATE', pgid='pgtrigger_update_update_35291', table='events_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_correctionevent" ("author_id", "form_key", "id", "item_id", "made_at", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text") VALUES (OLD."author_id", OLD."form_key", OLD."id", OLD."item_id", OLD."made_at", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."text"); RETURN NULL;', hash='dbc8c97dbeee030a457ef24e33f4b2c0fe290c6e', operation='DELETE', pgid='pgtrigger_delete_delete_f1d76', table='events_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingitemevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b80e526d64ed480bf39bf30f5ae771a7583136ae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29112', table='events_meetingitemevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='meetingpaper',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__in', ['body', 'members', 'public'])), name='events_meetingpaper_readers_known'),
            ),
            migrations.AddConstraint(
                model_name='meetingpaper',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_meetingpaper_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingpaper',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingpaperevent" ("id", "item_id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "title") VALUES (NEW."id", NEW."item_id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."read_by", NEW."title"); RETURN NULL;', hash='167f612aa14cbf6c38f8fb33f05d16c264ffd044', operation='INSERT', pgid='pgtrigger_insert_insert_fb9de', table='events_meetingpaper', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingpaper',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_meetingpaperevent" ("id", "item_id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "title") VALUES (NEW."id", NEW."item_id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."read_by", NEW."title"); RETURN NULL;', hash='b7bf96f9a519b70c4ffdf3bae3bf83c294d27574', operation='UPDATE', pgid='pgtrigger_update_update_d9c3c', table='events_meetingpaper', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingpaper',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_meetingpaperevent" ("id", "item_id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "title") VALUES (OLD."id", OLD."item_id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."read_by", OLD."title"); RETURN NULL;', hash='e8e84c2bc1838beda77782f08861134e7442630f', operation='DELETE', pgid='pgtrigger_delete_delete_a985b', table='events_meetingpaper', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='meetingpaperevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e294572ce98b32982ce3bbef0e1240884f325ce4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60662', table='events_meetingpaperevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='onetoone',
                index=models.Index(fields=['asker', 'starts_at'], name='events_onetoone_asker'),
            ),
            migrations.AddIndex(
                model_name='onetoone',
                index=models.Index(fields=['asked', 'starts_at'], name='events_onetoone_asked'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['asked', 'agreed', 'told', 'declined', 'withdrawn', 'expired', 'cancelled'])), name='events_onetoone_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(('waits_for__in', ['asker', 'asked'])), name='events_onetoone_side_known'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), models.Q(('ends_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='events_onetoone_time_together'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_onetoone_in_order'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('agreed', 'told')), _negated=True), ('starts_at__isnull', False), _connector='OR'), name='events_onetoone_agreed_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), ('outcome__in', ['project', 'challenge', 'offer', 'again', 'known', 'none']), _connector='OR'), name='events_onetoone_outcome_known'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'told'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('stage', 'told'), _negated=True), ('outcome', '')), _connector='OR'), name='events_onetoone_told_has_outcome'),
            ),
            migrations.AddConstraint(
                model_name='onetoone',
                constraint=models.CheckConstraint(condition=models.Q(('asker', None), ('asked', None), models.Q(('asker', models.F('asked')), _negated=True), _connector='OR'), name='events_onetoone_two_people'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='onetoone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_onetooneevent" ("answer_by", "asked_for_outcome", "asked_id", "asked_organisation_id", "asker_cluster_id", "asker_id", "asker_organisation_id", "challenge_id", "created_at", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "minutes", "need_id", "outcome", "outcome_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "public_id", "reason", "reasons", "remote_link", "stage", "starts_at", "topic", "updated_at", "waits_for", "words") VALUES (NEW."answer_by", NEW."asked_for_outcome", NEW."asked_id", NEW."asked_organisation_id", NEW."asker_cluster_id", NEW."asker_id", NEW."asker_organisation_id", NEW."challenge_id", NEW."created_at", NEW."ends_at", NEW."form_key", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."minutes", NEW."need_id", NEW."outcome", NEW."outcome_words", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."project_id", NEW."public_id", NEW."reason", NEW."reasons", NEW."remote_link", NEW."stage", NEW."starts_at", NEW."topic", NEW."updated_at", NEW."waits_for", NEW."words"); RETURN NULL;', hash='b7d68adecd5a2f7bc9a643db234491f990494e63', operation='INSERT', pgid='pgtrigger_insert_insert_777a6', table='events_onetoone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='onetoone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_onetooneevent" ("answer_by", "asked_for_outcome", "asked_id", "asked_organisation_id", "asker_cluster_id", "asker_id", "asker_organisation_id", "challenge_id", "created_at", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "minutes", "need_id", "outcome", "outcome_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "public_id", "reason", "reasons", "remote_link", "stage", "starts_at", "topic", "updated_at", "waits_for", "words") VALUES (NEW."answer_by", NEW."asked_for_outcome", NEW."asked_id", NEW."asked_organisation_id", NEW."asker_cluster_id", NEW."asker_id", NEW."asker_organisation_id", NEW."challenge_id", NEW."created_at", NEW."ends_at", NEW."form_key", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."minutes", NEW."need_id", NEW."outcome", NEW."outcome_words", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."project_id", NEW."public_id", NEW."reason", NEW."reasons", NEW."remote_link", NEW."stage", NEW."starts_at", NEW."topic", NEW."updated_at", NEW."waits_for", NEW."words"); RETURN NULL;', hash='a89ac626c1d1a9b757dc6a482cd2e4ae28adf3aa', operation='UPDATE', pgid='pgtrigger_update_update_a5351', table='events_onetoone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='onetoone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_onetooneevent" ("answer_by", "asked_for_outcome", "asked_id", "asked_organisation_id", "asker_cluster_id", "asker_id", "asker_organisation_id", "challenge_id", "created_at", "ends_at", "form_key", "ics_sequence", "ics_uid", "id", "minutes", "need_id", "outcome", "outcome_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "project_id", "public_id", "reason", "reasons", "remote_link", "stage", "starts_at", "topic", "updated_at", "waits_for", "words") VALUES (OLD."answer_by", OLD."asked_for_outcome", OLD."asked_id", OLD."asked_organisation_id", OLD."asker_cluster_id", OLD."asker_id", OLD."asker_organisation_id", OLD."challenge_id", OLD."created_at", OLD."ends_at", OLD."form_key", OLD."ics_sequence", OLD."ics_uid", OLD."id", OLD."minutes", OLD."need_id", OLD."outcome", OLD."outcome_words", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."project_id", OLD."public_id", OLD."reason", OLD."reasons", OLD."remote_link", OLD."stage", OLD."starts_at", OLD."topic", OLD."updated_at", OLD."waits_for", OLD."words"); RETURN NULL;', hash='1dd47b832999d0dd74042d67bc394d45d3f7bef4', operation='DELETE', pgid='pgtrigger_delete_delete_6c35e', table='events_onetoone', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='offeredtime',
                constraint=models.UniqueConstraint(fields=('meeting', 'starts_at'), name='events_offeredtime_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='onetooneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='11a313d1fadc176900e1d2949f823403c2dd4eca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abe81', table='events_onetooneevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='paperversion',
                constraint=models.UniqueConstraint(fields=('paper', 'number'), name='events_paperversion_number_once'),
            ),
            migrations.AddConstraint(
                model_name='paperversion',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='events_paperversion_name_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='paperversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_paperversionevent" ("file", "form_key", "id", "name", "number", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."number", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='65fe4abfa9b8c1e2bde5c854bbb99e8a9fe06375', operation='INSERT', pgid='pgtrigger_insert_insert_895a0', table='events_paperversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='paperversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_paperversionevent" ("file", "form_key", "id", "name", "number", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."number", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='88ed8a3a3fb1de4557dc7745fb2533c55151185c', operation='UPDATE', pgid='pgtrigger_update_update_9430c', table='events_paperversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='paperversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_paperversionevent" ("file", "form_key", "id", "name", "number", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (OLD."file", OLD."form_key", OLD."id", OLD."name", OLD."number", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sender_id", OLD."sent_at", OLD."size"); RETURN NULL;', hash='9e99a15cb8e1d7c3ced2d1ac53420d9c9f46ae64', operation='DELETE', pgid='pgtrigger_delete_delete_77298', table='events_paperversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='paperversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a627cf7b8960d5e0f36a74b5d3e9a69cb597944a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c798', table='events_paperversionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='participantletter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='events_participantletter_says_it'),
            ),
            migrations.AddConstraint(
                model_name='participantletter',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['', 'on_site', 'remote']), ('stage__in', ['', 'requested', 'confirmed', 'applied', 'waiting', 'refused', 'offered', 'declined', 'expired', 'cancelled', 'attended', 'absent'])), name='events_participantletter_readers_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (NEW."event_id", NEW."form_key", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receivers", NEW."sender_id", NEW."sent_at", NEW."stage"); RETURN NULL;', hash='3a633a7d9baa22fe6fb29f908b5a4f3b9db00cd2', operation='INSERT', pgid='pgtrigger_insert_insert_11b40', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."receivers" IS DISTINCT FROM (NEW."receivers") OR OLD."sender_id" IS DISTINCT FROM (NEW."sender_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."stage" IS DISTINCT FROM (NEW."stage"))', func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (NEW."event_id", NEW."form_key", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receivers", NEW."sender_id", NEW."sent_at", NEW."stage"); RETURN NULL;', hash='244fbab09c6ea7114ab89d1519f48cf83ccdf925', operation='UPDATE', pgid='pgtrigger_update_update_f7b4e', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (OLD."event_id", OLD."form_key", OLD."id", OLD."mode", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."receivers", OLD."sender_id", OLD."sent_at", OLD."stage"); RETURN NULL;', hash='30fea290aa434c028a88aa88a92e159cf72f9da9', operation='DELETE', pgid='pgtrigger_delete_delete_b64ba', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletterevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='34bc1ce79db413a19d3143d84ed6554b5da44446', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6170', table='events_participantletterevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='riskentry',
                constraint=models.CheckConstraint(condition=models.Q(('risk', ''), _negated=True), name='events_riskentry_risk_given'),
            ),
            migrations.AddConstraint(
                model_name='riskentry',
                constraint=models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('likelihood__range', (1, 5))), name='events_riskentry_on_the_scale'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='riskentry',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_riskentryevent" ("author_id", "course_id", "detail", "form_key", "id", "impact", "likelihood", "measure", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "risk", "signal_id", "version") VALUES (NEW."author_id", NEW."course_id", NEW."detail", NEW."form_key", NEW."id", NEW."impact", NEW."likelihood", NEW."measure", NEW."owner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."risk", NEW."signal_id", NEW."version"); RETURN NULL;', hash='9215242994b3200e978d4dd71d51555c0a6be831', operation='INSERT', pgid='pgtrigger_insert_insert_0ad41', table='events_riskentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='riskentry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_riskentryevent" ("author_id", "course_id", "detail", "form_key", "id", "impact", "likelihood", "measure", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "risk", "signal_id", "version") VALUES (NEW."author_id", NEW."course_id", NEW."detail", NEW."form_key", NEW."id", NEW."impact", NEW."likelihood", NEW."measure", NEW."owner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."risk", NEW."signal_id", NEW."version"); RETURN NULL;', hash='29972e0ff46b26d9346ac05e1ff4e9f11a763a51', operation='UPDATE', pgid='pgtrigger_update_update_52df5', table='events_riskentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='riskentry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_riskentryevent" ("author_id", "course_id", "detail", "form_key", "id", "impact", "likelihood", "measure", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "risk", "signal_id", "version") VALUES (OLD."author_id", OLD."course_id", OLD."detail", OLD."form_key", OLD."id", OLD."impact", OLD."likelihood", OLD."measure", OLD."owner", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."risk", OLD."signal_id", OLD."version"); RETURN NULL;', hash='61443278585d4f65341f194a59b99751241d0a3c', operation='DELETE', pgid='pgtrigger_delete_delete_b1d8d', table='events_riskentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='riskentryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9a4f7a376c83089a42bac55000b8804dc31698a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0fca', table='events_riskentryevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['on_site', 'remote'])), name='events_seats_mode_known'),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.UniqueConstraint(fields=('event', 'mode'), name='events_seats_mode_once'),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('capacity__isnull', True), ('held', 0)), ('taken__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('capacity'), '+', models.F('extra')), '-', models.F('held'))), _connector='OR'), name='events_seats_never_overbooked'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."extra", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c5d8630ce21fb1416875c1c87da933ae99bcdfb3', operation='INSERT', pgid='pgtrigger_insert_insert_fea7a', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mode" IS DISTINCT FROM (NEW."mode"))', func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."extra", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='7ca5250232501a52490951685541ee3cb5eda3fa', operation='UPDATE', pgid='pgtrigger_update_update_9c86d', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."capacity", OLD."event_id", OLD."extra", OLD."id", OLD."mode", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='7221e918b2d7cfdaa4de4a1b8b33ca472fd4eacc', operation='DELETE', pgid='pgtrigger_delete_delete_848cc', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registrationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='eebeba2c8ea6704a0d7c81f01bc64670b5cb81c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e12c4', table='events_registrationevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(condition=models.Q(('stage', 'waiting')), fields=['seats', 'queued_at', 'id'], name='events_registration_queue'),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(condition=models.Q(('stage', 'offered')), fields=['offer_expires_at'], name='events_registration_offers'),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(condition=models.Q(('stage', 'requested')), fields=['mailbox'], name='events_registration_mailbox'),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('user', None)), name='events_registration_guest'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['requested', 'confirmed', 'applied', 'waiting', 'refused', 'offered', 'declined', 'expired', 'cancelled', 'attended', 'absent'])), name='events_registration_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer_expires_at__isnull', False), ('stage', 'offered')), models.Q(models.Q(('stage', 'offered'), _negated=True), ('offer_expires_at__isnull', True)), _connector='OR'), name='events_registration_offer_has_an_end'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(('quota__isnull', True), ('stage__in', ['absent', 'attended', 'confirmed', 'offered']), _connector='OR'), name='events_registration_quota_of_a_place'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['absent', 'applied', 'attended', 'confirmed', 'offered', 'requested', 'waiting'])), fields=('event', 'user'), name='events_registration_user_once'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('email'), django.db.models.functions.text.Lower('name'), condition=models.Q(('stage__in', ['absent', 'applied', 'attended', 'confirmed', 'offered', 'requested', 'waiting']), ('user', None)), name='events_registration_guest_once'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('mailbox', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='events_registration_account_or_guest'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("brought_by_id", "checked_in_at", "created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "offer_expires_at", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "quota_id", "seats_id", "stage", "user_id") VALUES (NEW."brought_by_id", NEW."checked_in_at", NEW."created_at", NEW."declined_at", NEW."email", NEW."event_id", NEW."id", NEW."is_listed", NEW."language", NEW."name", NEW."offer_expires_at", NEW."organisation_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."queued_at", NEW."quota_id", NEW."seats_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='a205742d9355952c530b1a084f941562b6f7b7d3', operation='INSERT', pgid='pgtrigger_insert_insert_c84d7', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."brought_by_id" IS DISTINCT FROM (NEW."brought_by_id") OR OLD."checked_in_at" IS DISTINCT FROM (NEW."checked_in_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."declined_at" IS DISTINCT FROM (NEW."declined_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_listed" IS DISTINCT FROM (NEW."is_listed") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."offer_expires_at" IS DISTINCT FROM (NEW."offer_expires_at") OR OLD."organisation_name" IS DISTINCT FROM (NEW."organisation_name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."queued_at" IS DISTINCT FROM (NEW."queued_at") OR OLD."quota_id" IS DISTINCT FROM (NEW."quota_id") OR OLD."seats_id" IS DISTINCT FROM (NEW."seats_id") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "events_registrationevent" ("brought_by_id", "checked_in_at", "created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "offer_expires_at", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "quota_id", "seats_id", "stage", "user_id") VALUES (NEW."brought_by_id", NEW."checked_in_at", NEW."created_at", NEW."declined_at", NEW."email", NEW."event_id", NEW."id", NEW."is_listed", NEW."language", NEW."name", NEW."offer_expires_at", NEW."organisation_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."queued_at", NEW."quota_id", NEW."seats_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='6d3c1dba56822e611768f3d3be9650ccb7a4234d', operation='UPDATE', pgid='pgtrigger_update_update_87442', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("brought_by_id", "checked_in_at", "created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "offer_expires_at", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "quota_id", "seats_id", "stage", "user_id") VALUES (OLD."brought_by_id", OLD."checked_in_at", OLD."created_at", OLD."declined_at", OLD."email", OLD."event_id", OLD."id", OLD."is_listed", OLD."language", OLD."name", OLD."offer_expires_at", OLD."organisation_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."queued_at", OLD."quota_id", OLD."seats_id", OLD."stage", OLD."user_id"); RETURN NULL;', hash='bf887de96857b08d4ef5b2605660711f0cb24696', operation='DELETE', pgid='pgtrigger_delete_delete_893c7', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='quotaevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='125c259520bc3d7a2067f0485686f1ab8cf2143e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c749c', table='events_quotaevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='quota',
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['sector', 'region', 'cluster', 'invited'])), name='events_quota_group_known'),
            ),
            migrations.AddConstraint(
                model_name='quota',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('sector', ''), _negated=True), ('cluster__isnull', True), ('group', 'sector'), ('region__isnull', True)), models.Q(models.Q(('sector', '')), ('cluster__isnull', True), ('group', 'region'), ('region__isnull', False)), models.Q(models.Q(('sector', '')), ('cluster__isnull', False), ('group', 'cluster'), ('region__isnull', True)), models.Q(models.Q(('sector', '')), ('cluster__isnull', True), ('group', 'invited'), ('region__isnull', True)), _connector='OR'), name='events_quota_group_named'),
            ),
            migrations.AddConstraint(
                model_name='quota',
                constraint=models.CheckConstraint(condition=models.Q(('held__lte', models.F('places')), ('places__gte', 1)), name='events_quota_within_places'),
            ),
            migrations.AddConstraint(
                model_name='quota',
                constraint=models.UniqueConstraint(fields=('seats', 'group', 'sector', 'region', 'cluster'), name='events_quota_group_once', nulls_distinct=False),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='quota',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_quotaevent" ("cluster_id", "group", "held_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "region_id", "seats_id", "sector") VALUES (NEW."cluster_id", NEW."group", NEW."held_until", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."region_id", NEW."seats_id", NEW."sector"); RETURN NULL;', hash='ca54f146ed258733671d2d4856b76b2d9f2ff87c', operation='INSERT', pgid='pgtrigger_insert_insert_e4c64', table='events_quota', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='quota',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."group" IS DISTINCT FROM (NEW."group") OR OLD."held_until" IS DISTINCT FROM (NEW."held_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."places" IS DISTINCT FROM (NEW."places") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."seats_id" IS DISTINCT FROM (NEW."seats_id") OR OLD."sector" IS DISTINCT FROM (NEW."sector"))', func='INSERT INTO "events_quotaevent" ("cluster_id", "group", "held_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "region_id", "seats_id", "sector") VALUES (NEW."cluster_id", NEW."group", NEW."held_until", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."region_id", NEW."seats_id", NEW."sector"); RETURN NULL;', hash='afe7d2d99cbdf866da7a32e56d0ef78d0396216a', operation='UPDATE', pgid='pgtrigger_update_update_9e35f', table='events_quota', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='quota',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_quotaevent" ("cluster_id", "group", "held_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "region_id", "seats_id", "sector") VALUES (OLD."cluster_id", OLD."group", OLD."held_until", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."region_id", OLD."seats_id", OLD."sector"); RETURN NULL;', hash='45503b85dded456fa947ee7def11f28d04ae09bb', operation='DELETE', pgid='pgtrigger_delete_delete_86f13', table='events_quota', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seatsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='87e22935a885ce1f7175e6c73aeaae323581d82c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3c570', table='events_seatsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='sessionchoice',
                constraint=models.UniqueConstraint(fields=('registration', 'slot'), name='events_sessionchoice_one_at_a_time'),
            ),
            migrations.AddIndex(
                model_name='statement',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_statement_search'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'open', 'published'])), name='events_statement_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_statement_title_given'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', False), models.Q(('stage', 'published'), _negated=True), _connector='OR'), name='events_statement_published_at_a_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_statementevent" ("addressee", "body_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_at", "stage", "text", "title") VALUES (NEW."addressee", NEW."body_id", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."published_at", NEW."stage", NEW."text", NEW."title"); RETURN NULL;', hash='82650d6344d80143ffff002918b8c7e8503dc56e', operation='INSERT', pgid='pgtrigger_insert_insert_a6935', table='events_statement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."addressee" IS DISTINCT FROM (NEW."addressee") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "events_statementevent" ("addressee", "body_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_at", "stage", "text", "title") VALUES (NEW."addressee", NEW."body_id", NEW."form_key", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."published_at", NEW."stage", NEW."text", NEW."title"); RETURN NULL;', hash='fc64a8a5307aba8c124dddf477f2e8e1f8e870a4', operation='UPDATE', pgid='pgtrigger_update_update_e3c7f', table='events_statement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_statementevent" ("addressee", "body_id", "form_key", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_at", "stage", "text", "title") VALUES (OLD."addressee", OLD."body_id", OLD."form_key", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."published_at", OLD."stage", OLD."text", OLD."title"); RETURN NULL;', hash='7e4f23945f8d3df40c37b3d2ec15ca3468ba1bcb', operation='DELETE', pgid='pgtrigger_delete_delete_34085', table='events_statement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signatureevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ff0dea15d519d1756126f4133b4ca0842cc87634', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30ed8', table='events_signatureevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='signature',
                constraint=models.UniqueConstraint(fields=('statement', 'organisation'), name='events_signature_organisation_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signature',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_signatureevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signer_id", "statement_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signed_at", NEW."signer_id", NEW."statement_id"); RETURN NULL;', hash='05776874c5f1585ed8da06adbe87bbadc259869e', operation='INSERT', pgid='pgtrigger_insert_insert_9f0cb', table='events_signature', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signature',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_signatureevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signer_id", "statement_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signed_at", NEW."signer_id", NEW."statement_id"); RETURN NULL;', hash='f49a338e10ffa58b7d47694f57595c251ec96e35', operation='UPDATE', pgid='pgtrigger_update_update_90a6b', table='events_signature', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signature',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_signatureevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signer_id", "statement_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signed_at", OLD."signer_id", OLD."statement_id"); RETURN NULL;', hash='43726d733dc3f5d8920d056158f539eea931d352', operation='DELETE', pgid='pgtrigger_delete_delete_fc5bf', table='events_signature', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='statementevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='bd396b029f3c9a3dba0e81db7e87257046df8006', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b19a1', table='events_statementevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='support',
                constraint=models.UniqueConstraint(fields=('idea', 'user'), name='events_support_once'),
            ),
            migrations.AddConstraint(
                model_name='talk',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['submitted', 'accepted', 'declined', 'withdrawn'])), name='events_talk_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='talk',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('stage', 'accepted')), models.Q(models.Q(('stage', 'accepted'), _negated=True), ('item', None)), _connector='OR'), name='events_talk_accepted_is_in_the_programme'),
            ),
            migrations.AddConstraint(
                model_name='talk',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='events_talk_declined_with_why'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='talk',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_talkevent" ("author_id", "created_at", "event_id", "form_key", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "summary", "title", "track") VALUES (NEW."author_id", NEW."created_at", NEW."event_id", NEW."form_key", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."stage", NEW."summary", NEW."title", NEW."track"); RETURN NULL;', hash='d57dbdcc3d4f3cdd894259289192cfb29f1ef1f0', operation='INSERT', pgid='pgtrigger_insert_insert_5e904', table='events_talk', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='talk',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."track" IS DISTINCT FROM (NEW."track"))', func='INSERT INTO "events_talkevent" ("author_id", "created_at", "event_id", "form_key", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "summary", "title", "track") VALUES (NEW."author_id", NEW."created_at", NEW."event_id", NEW."form_key", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."stage", NEW."summary", NEW."title", NEW."track"); RETURN NULL;', hash='d98280e254c60f9e58215bb3d466aa0a2de69ec6', operation='UPDATE', pgid='pgtrigger_update_update_b5f7a', table='events_talk', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='talk',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_talkevent" ("author_id", "created_at", "event_id", "form_key", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "summary", "title", "track") VALUES (OLD."author_id", OLD."created_at", OLD."event_id", OLD."form_key", OLD."id", OLD."item_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."stage", OLD."summary", OLD."title", OLD."track"); RETURN NULL;', hash='72ae8eb0234335a22d315ae8887aa294f61026f8', operation='DELETE', pgid='pgtrigger_delete_delete_d6f4f', table='events_talk', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='talkevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7fe19aef1221a603edd87e468772499f60381352', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc176', table='events_talkevent', when='BEFORE')),
            ),
        ]),
    ]
