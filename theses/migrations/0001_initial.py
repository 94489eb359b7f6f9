import cluster_portal.core.search.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import theses.models.applications
import theses.models.topics
import uuid
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('projects', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('signed_on', models.DateField(blank=True, null=True, verbose_name='contract signed on')),
                    ('permits', models.CharField(choices=[('open', 'Not settled yet'), ('not_needed', 'No permits are needed'), ('applied', 'Applied for'), ('granted', 'Granted')], default='open', max_length=20, verbose_name='permits')),
                    ('permits_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the permits')),
                    ('data', models.CharField(choices=[('open', 'Not settled yet'), ('public', 'Only public material'), ('agreed', 'Handling of the material is agreed in writing')], default='open', max_length=20, verbose_name='material')),
                    ('data_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the material')),
                    ('rights', models.CharField(choices=[('open', 'Not settled yet'), ('student', 'The student keeps all rights'), ('licence', 'The commissioner may use the results'), ('transfer', 'Rights in the results pass to the commissioner')], default='open', max_length=20, verbose_name='rights in the results')),
                    ('rights_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the rights')),
                    ('student_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the student')),
                    ('commissioner_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the commissioner')),
                    ('supervisor_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the supervisor')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ],
                options={
                    'verbose_name': 'agreement',
                    'verbose_name_plural': 'agreements',
                },
            ),
            migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('title', models.CharField(max_length=200, verbose_name='milestone')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ],
                options={
                    'verbose_name': 'milestone',
                    'verbose_name_plural': 'milestones',
                    'ordering': ['due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ],
                options={
                    'verbose_name': 'place',
                    'verbose_name_plural': 'places',
                    'ordering': ['number'],
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('motivation', models.TextField(max_length=4000, verbose_name='why the topic interests you')),
                    ('school', models.CharField(max_length=200, verbose_name='educational institution and degree')),
                    ('meeting', models.TextField(blank=True, default='', max_length=500, verbose_name='where and how the interview is held')),
                    ('other_times', models.TextField(blank=True, default='', max_length=500, verbose_name='wish for other times')),
                    ('proposed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='times proposed')),
                    ('answer_by', models.DateField(blank=True, default=theses.models.applications.answer_day, null=True, verbose_name='answered by')),
                    ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reminded')),
                    ('warned_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='warned of closing')),
                    ('stage', models.CharField(choices=[('submitted', 'Waiting for an answer'), ('interview', 'Invited to an interview'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn by the applicant'), ('completed', 'Thesis finished'), ('ended', 'Thesis ended unfinished')], default='submitted', max_length=20, verbose_name='state')),
                    ('topic_version', models.PositiveIntegerField(default=1, verbose_name='version of the topic')),
                    ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thesis_applications', to=settings.AUTH_USER_MODEL, verbose_name='student')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='theses.place', verbose_name='place')),
                ],
                options={
                    'verbose_name': 'thesis application',
                    'verbose_name_plural': 'thesis applications',
                    'ordering': ['submitted_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ApplicationFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=150, verbose_name='name of the file')),
                    ('file', models.FileField(max_length=200, upload_to='', verbose_name='file')),
                    ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='theses.application', verbose_name='application')),
                ],
                options={
                    'verbose_name': 'file of an application',
                    'verbose_name_plural': 'files of applications',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ApplicationFileEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('name', models.CharField(max_length=150, verbose_name='name of the file')),
                    ('file', models.FileField(max_length=200, upload_to='', verbose_name='file')),
                    ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                    ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.application', verbose_name='application')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.applicationfile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Approach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('commission', 'An organisation wants to commission the topic'), ('supervise', 'A supervisor offers to supervise'), ('invite_student', 'A student is invited to apply'), ('invite_supervisor', 'A supervisor is asked'), ('invite_commissioner', 'An organisation is asked to commission')], max_length=30, verbose_name='kind')),
                    ('message', models.TextField(max_length=2000, verbose_name='message')),
                    ('stage', models.CharField(choices=[('pending', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('expired', 'No answer in time')], default='pending', max_length=20, verbose_name='state')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                    ('answer_by', models.DateField(verbose_name='answer by')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thesis_approaches', to=settings.AUTH_USER_MODEL, verbose_name='sender')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='commissioner')),
                    ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thesis_invitations', to=settings.AUTH_USER_MODEL, verbose_name='addressee')),
                ],
                options={
                    'verbose_name': 'approach',
                    'verbose_name_plural': 'approaches',
                    'ordering': ['-created_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='InterviewTime',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('minutes', models.PositiveSmallIntegerField(default=30, verbose_name='minutes')),
                    ('is_chosen', models.BooleanField(default=False, verbose_name='chosen')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interview_times', to='theses.application', verbose_name='application')),
                ],
                options={
                    'verbose_name': 'interview time',
                    'verbose_name_plural': 'interview times',
                    'ordering': ['starts_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='InterviewTimeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('minutes', models.PositiveSmallIntegerField(default=30, verbose_name='minutes')),
                    ('is_chosen', models.BooleanField(default=False, verbose_name='chosen')),
                    ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.application', verbose_name='application')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.interviewtime')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LightReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('light', models.CharField(choices=[('green', 'Going well'), ('yellow', 'Slower than planned'), ('red', 'Stuck, I need help')], max_length=10, verbose_name='how it goes')),
                    ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='time')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'report of progress',
                    'verbose_name_plural': 'reports of progress',
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='MatchingRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                    ('students', models.PositiveIntegerField(default=0, verbose_name='students')),
                    ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                    ('failed', models.PositiveIntegerField(default=0, verbose_name='left out')),
                    ('last', models.BigIntegerField(default=0)),
                    ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='failed tries of one chunk')),
                ],
                options={
                    'verbose_name': 'matching run',
                    'verbose_name_plural': 'matching runs',
                    'ordering': ['-started_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('finished_at__gte', models.F('started_at')), ('finished_at__isnull', True), ('started_at__isnull', True), _connector='OR'), name='theses_run_time_in_order'), models.UniqueConstraint(models.Value(1), condition=models.Q(('finished_at__isnull', True)), name='theses_run_one_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='ProfileAccess',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='SchoolGuide',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text_fi', models.TextField(max_length=4000, verbose_name='guide in Finnish')),
                    ('text_sv', models.TextField(blank=True, default='', max_length=4000, verbose_name='guide in Swedish')),
                    ('text_en', models.TextField(blank=True, default='', max_length=4000, verbose_name='guide in English')),
                    ('deadlines', models.TextField(blank=True, default='', max_length=1000, verbose_name='dates and deadlines')),
                    ('agreement_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address of the agreement form')),
                    ('repository_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address of the repository')),
                    ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                    ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='thesis_guide', to='members.organisation', verbose_name='educational institution')),
                ],
                options={
                    'verbose_name': 'school’s guide',
                    'verbose_name_plural': 'schools’ guides',
                    'ordering': ['school__name'],
                },
            ),
            migrations.CreateModel(
                name='SchoolGuideEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('text_fi', models.TextField(max_length=4000, verbose_name='guide in Finnish')),
                    ('text_sv', models.TextField(blank=True, default='', max_length=4000, verbose_name='guide in Swedish')),
                    ('text_en', models.TextField(blank=True, default='', max_length=4000, verbose_name='guide in English')),
                    ('deadlines', models.TextField(blank=True, default='', max_length=1000, verbose_name='dates and deadlines')),
                    ('agreement_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address of the agreement form')),
                    ('repository_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address of the repository')),
                    ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.schoolguide')),
                    ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='educational institution')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentField',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('level', models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20, verbose_name='level')),
                    ('school_name', models.CharField(blank=True, default='', max_length=200, verbose_name='other educational institution')),
                    ('programme', models.CharField(max_length=200, verbose_name='study programme')),
                    ('interests', models.TextField(blank=True, default='', max_length=3000, verbose_name='what interests me')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('is_remote', models.BooleanField(default=True, verbose_name='remote work suits me')),
                    ('wants_pay', models.BooleanField(default=False, verbose_name='only paid work suits me')),
                    ('available_from', models.DateField(blank=True, null=True, verbose_name='can begin on')),
                    ('available_until', models.DateField(blank=True, null=True, verbose_name='should be ready by')),
                    ('openness', models.CharField(choices=[('private', 'Only to me'), ('chosen', 'To the organisations I choose'), ('commissioners', 'To all commissioners and supervisors')], default='private', max_length=20, verbose_name='open to')),
                    ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('cluster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.cluster', verbose_name='cluster that may help me')),
                    ('education_fields', models.ManyToManyField(related_name='+', through='theses.StudentField', to='core.term', verbose_name='fields of education')),
                    ('opened_to', models.ManyToManyField(blank=True, related_name='+', through='theses.ProfileAccess', to='members.organisation', verbose_name='organisations it is open to')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='educational institution')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='student_profile', to=settings.AUTH_USER_MODEL, verbose_name='student')),
                ],
                options={
                    'verbose_name': 'student profile',
                    'verbose_name_plural': 'student profiles',
                    'ordering': ['-opened_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='StudentFieldEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.studentfield')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.studentprofile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProfileAccessEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                    ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.profileaccess')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.studentprofile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentProfileEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('level', models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20, verbose_name='level')),
                    ('school_name', models.CharField(blank=True, default='', max_length=200, verbose_name='other educational institution')),
                    ('programme', models.CharField(max_length=200, verbose_name='study programme')),
                    ('interests', models.TextField(blank=True, default='', max_length=3000, verbose_name='what interests me')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('is_remote', models.BooleanField(default=True, verbose_name='remote work suits me')),
                    ('wants_pay', models.BooleanField(default=False, verbose_name='only paid work suits me')),
                    ('available_from', models.DateField(blank=True, null=True, verbose_name='can begin on')),
                    ('available_until', models.DateField(blank=True, null=True, verbose_name='should be ready by')),
                    ('openness', models.CharField(choices=[('private', 'Only to me'), ('chosen', 'To the organisations I choose'), ('commissioners', 'To all commissioners and supervisors')], default='private', max_length=20, verbose_name='open to')),
                    ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('cluster', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='cluster that may help me')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.studentprofile')),
                    ('school', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='educational institution')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='student')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentRegion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.studentprofile')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentRegionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.studentregion')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.studentprofile')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentTerm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.studentprofile')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StudentTermEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.studentterm')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.studentprofile')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisionRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('rank', models.PositiveSmallIntegerField(verbose_name='order of asking')),
                    ('days', models.PositiveSmallIntegerField(default=10, verbose_name='days to answer')),
                    ('stage', models.CharField(choices=[('queued', 'Asked in turn'), ('asked', 'Waiting for an answer'), ('waiting', 'Waiting for room'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'No answer in time'), ('withdrawn', 'No longer needed')], default='queued', max_length=20, verbose_name='state')),
                    ('message', models.TextField(blank=True, default='', max_length=2000, verbose_name='message')),
                    ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                    ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer by')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervision_requests', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'verbose_name': 'request to supervise',
                    'verbose_name_plural': 'requests to supervise',
                    'ordering': ['thesis', 'rank'],
                },
            ),
            migrations.CreateModel(
                name='SupervisorField',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisorProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('slug', models.SlugField(max_length=90, unique=True, verbose_name='address')),
                    ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20), default=list, size=None, verbose_name='levels')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('expertise', models.TextField(max_length=3000, verbose_name='what I supervise')),
                    ('methods', models.TextField(blank=True, default='', max_length=1000, verbose_name='methods')),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='accounts', max_length=20, verbose_name='visibility')),
                    ('is_open', models.BooleanField(default=True, verbose_name='shown in the list of supervisors')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('education_fields', models.ManyToManyField(related_name='+', through='theses.SupervisorField', to='core.term', verbose_name='fields of education')),
                    ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisors', to='members.organisation', verbose_name='institution')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='supervisor_profile', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'verbose_name': 'supervisor profile',
                    'verbose_name_plural': 'supervisor profiles',
                    'ordering': ['user__sort_name', 'user__first_name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SupervisorFieldEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.supervisorfield')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.supervisorprofile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisorProfileEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('slug', models.SlugField(db_index=False, max_length=90, verbose_name='address')),
                    ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20), default=list, size=None, verbose_name='levels')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('expertise', models.TextField(max_length=3000, verbose_name='what I supervise')),
                    ('methods', models.TextField(blank=True, default='', max_length=1000, verbose_name='methods')),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='accounts', max_length=20, verbose_name='visibility')),
                    ('is_open', models.BooleanField(default=True, verbose_name='shown in the list of supervisors')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('institution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='institution')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.supervisorprofile')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisorSeats',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('half', models.CharField(choices=[('spring', 'Spring'), ('autumn', 'Autumn')], max_length=10, verbose_name='term')),
                    ('capacity', models.PositiveSmallIntegerField(verbose_name='room for')),
                    ('taken', models.PositiveSmallIntegerField(default=0, verbose_name='taken')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='theses.supervisorprofile')),
                ],
                options={
                    'verbose_name': 'supervisor’s room in a term',
                    'verbose_name_plural': 'supervisors’ room by term',
                    'ordering': ['year', '-half'],
                },
            ),
            migrations.CreateModel(
                name='SupervisorSeatsEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('half', models.CharField(choices=[('spring', 'Spring'), ('autumn', 'Autumn')], max_length=10, verbose_name='term')),
                    ('capacity', models.PositiveSmallIntegerField(verbose_name='room for')),
                    ('taken', models.PositiveSmallIntegerField(default=0, verbose_name='taken')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.supervisorseats')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.supervisorprofile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisorTheme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.supervisorprofile')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SupervisorThemeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.supervisortheme')),
                    ('profile', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.supervisorprofile')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Thesis',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('slug', models.SlugField(blank=True, default='', max_length=90, verbose_name='address')),
                    ('stage', models.CharField(choices=[('seeking', 'Parties are missing'), ('matched', 'All have accepted'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('interrupted', 'Interrupted'), ('finished', 'Finished'), ('ended', 'Ended unfinished')], default='seeking', max_length=20, verbose_name='state')),
                    ('stage_before', models.CharField(blank=True, choices=[('seeking', 'Parties are missing'), ('matched', 'All have accepted'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('interrupted', 'Interrupted'), ('finished', 'Finished'), ('ended', 'Ended unfinished')], default='', max_length=20)),
                    ('title', models.CharField(max_length=250, verbose_name='title')),
                    ('level', models.CharField(blank=True, choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], default='', max_length=20, verbose_name='level')),
                    ('light', models.CharField(choices=[('green', 'Going well'), ('yellow', 'Slower than planned'), ('red', 'Stuck, I need help')], default='green', max_length=10, verbose_name='how it goes')),
                    ('light_note', models.TextField(blank=True, default='', max_length=2000, verbose_name='what slows it down')),
                    ('light_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
                    ('started_on', models.DateField(blank=True, null=True, verbose_name='began on')),
                    ('target_on', models.DateField(blank=True, null=True, verbose_name='should be ready by')),
                    ('resumes_on', models.DateField(blank=True, null=True, verbose_name='goes on')),
                    ('leave_told', models.CharField(blank=True, default='', editable=False, max_length=40)),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='told to be ready')),
                    ('finished_on', models.DateField(blank=True, null=True, verbose_name='finished on')),
                    ('finished_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                    ('field_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='fields of education')),
                    ('repository_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address in the repository')),
                    ('abstract', models.TextField(blank=True, default='', max_length=5000, verbose_name='abstract')),
                    ('used_for', models.TextField(blank=True, default='', max_length=3000, verbose_name='what the result was used for')),
                    ('usage', models.CharField(choices=[('unknown', 'Not known yet'), ('used', 'Taken into use'), ('partly', 'Partly taken into use'), ('basis', 'Basis of further work'), ('not_used', 'Not taken into use')], default='unknown', max_length=20, verbose_name='use of the result')),
                    ('usage_at', models.DateTimeField(blank=True, null=True, verbose_name='use of the result told')),
                    ('usage_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='use of the result asked')),
                    ('shows_author', models.BooleanField(default=False, verbose_name='the author’s name is shown')),
                    ('ending_reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='why it ended')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='matched')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thesis', to='theses.application', verbose_name='application')),
                    ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='theses', to='theses.supervisorseats', verbose_name='supervisor’s term')),
                    ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervised_theses', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'verbose_name': 'thesis',
                    'verbose_name_plural': 'theses',
                    'ordering': ['-created_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='SupervisionRequestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('rank', models.PositiveSmallIntegerField(verbose_name='order of asking')),
                    ('days', models.PositiveSmallIntegerField(default=10, verbose_name='days to answer')),
                    ('stage', models.CharField(choices=[('queued', 'Asked in turn'), ('asked', 'Waiting for an answer'), ('waiting', 'Waiting for room'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'No answer in time'), ('withdrawn', 'No longer needed')], default='queued', max_length=20, verbose_name='state')),
                    ('message', models.TextField(blank=True, default='', max_length=2000, verbose_name='message')),
                    ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                    ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer by')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('asked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.supervisionrequest')),
                    ('supervisor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                    ('thesis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.thesis', verbose_name='thesis')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MilestoneEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('title', models.CharField(max_length=200, verbose_name='milestone')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.milestone')),
                    ('thesis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.thesis')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LightReportEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('light', models.CharField(choices=[('green', 'Going well'), ('yellow', 'Slower than planned'), ('red', 'Stuck, I need help')], max_length=10, verbose_name='how it goes')),
                    ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='time')),
                    ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.lightreport')),
                    ('thesis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.thesis')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='AgreementEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('signed_on', models.DateField(blank=True, null=True, verbose_name='contract signed on')),
                    ('permits', models.CharField(choices=[('open', 'Not settled yet'), ('not_needed', 'No permits are needed'), ('applied', 'Applied for'), ('granted', 'Granted')], default='open', max_length=20, verbose_name='permits')),
                    ('permits_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the permits')),
                    ('data', models.CharField(choices=[('open', 'Not settled yet'), ('public', 'Only public material'), ('agreed', 'Handling of the material is agreed in writing')], default='open', max_length=20, verbose_name='material')),
                    ('data_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the material')),
                    ('rights', models.CharField(choices=[('open', 'Not settled yet'), ('student', 'The student keeps all rights'), ('licence', 'The commissioner may use the results'), ('transfer', 'Rights in the results pass to the commissioner')], default='open', max_length=20, verbose_name='rights in the results')),
                    ('rights_note', models.CharField(blank=True, default='', max_length=500, verbose_name='about the rights')),
                    ('student_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the student')),
                    ('commissioner_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the commissioner')),
                    ('supervisor_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the supervisor')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.agreement')),
                    ('thesis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.thesis')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ThesisEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('slug', models.SlugField(blank=True, db_index=False, default='', max_length=90, verbose_name='address')),
                    ('stage', models.CharField(choices=[('seeking', 'Parties are missing'), ('matched', 'All have accepted'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('interrupted', 'Interrupted'), ('finished', 'Finished'), ('ended', 'Ended unfinished')], default='seeking', max_length=20, verbose_name='state')),
                    ('stage_before', models.CharField(blank=True, choices=[('seeking', 'Parties are missing'), ('matched', 'All have accepted'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('interrupted', 'Interrupted'), ('finished', 'Finished'), ('ended', 'Ended unfinished')], default='', max_length=20)),
                    ('title', models.CharField(max_length=250, verbose_name='title')),
                    ('level', models.CharField(blank=True, choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], default='', max_length=20, verbose_name='level')),
                    ('light', models.CharField(choices=[('green', 'Going well'), ('yellow', 'Slower than planned'), ('red', 'Stuck, I need help')], default='green', max_length=10, verbose_name='how it goes')),
                    ('light_note', models.TextField(blank=True, default='', max_length=2000, verbose_name='what slows it down')),
                    ('light_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
                    ('started_on', models.DateField(blank=True, null=True, verbose_name='began on')),
                    ('target_on', models.DateField(blank=True, null=True, verbose_name='should be ready by')),
                    ('resumes_on', models.DateField(blank=True, null=True, verbose_name='goes on')),
                    ('leave_told', models.CharField(blank=True, default='', editable=False, max_length=40)),
                    ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='told to be ready')),
                    ('finished_on', models.DateField(blank=True, null=True, verbose_name='finished on')),
                    ('finished_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                    ('field_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='fields of education')),
                    ('repository_url', models.URLField(blank=True, default='', max_length=300, verbose_name='address in the repository')),
                    ('abstract', models.TextField(blank=True, default='', max_length=5000, verbose_name='abstract')),
                    ('used_for', models.TextField(blank=True, default='', max_length=3000, verbose_name='what the result was used for')),
                    ('usage', models.CharField(choices=[('unknown', 'Not known yet'), ('used', 'Taken into use'), ('partly', 'Partly taken into use'), ('basis', 'Basis of further work'), ('not_used', 'Not taken into use')], default='unknown', max_length=20, verbose_name='use of the result')),
                    ('usage_at', models.DateTimeField(blank=True, null=True, verbose_name='use of the result told')),
                    ('usage_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='use of the result asked')),
                    ('shows_author', models.BooleanField(default=False, verbose_name='the author’s name is shown')),
                    ('ending_reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='why it ended')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='matched')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.application', verbose_name='application')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.thesis')),
                    ('seat', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.supervisorseats', verbose_name='supervisor’s term')),
                    ('supervisor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ThesisResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.result')),
                    ('thesis', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.thesis')),
                ],
                options={
                    'verbose_name': 'result of a thesis',
                    'verbose_name_plural': 'results of theses',
                },
            ),
            migrations.CreateModel(
                name='ThesisResultEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.thesisresult')),
                    ('result', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.result')),
                    ('thesis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.thesis')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ThreadLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('challenge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.challenge', verbose_name='challenge')),
                    ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.measure', verbose_name='measure')),
                    ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.need', verbose_name='need')),
                    ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project')),
                ],
                options={
                    'verbose_name': 'link into the thread',
                    'verbose_name_plural': 'links into the thread',
                },
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('slug', models.SlugField(max_length=90, unique=True, validators=[theses.models.topics.refuse_reserved_slug], verbose_name='address')),
                    ('origin', models.CharField(choices=[('organisation', 'Offered by an organisation'), ('supervisor', 'Proposed by a supervisor'), ('student', 'A student’s own idea')], default='organisation', max_length=20, verbose_name='who proposed it')),
                    ('title', models.CharField(max_length=200, validators=[django.core.validators.MinLengthValidator(5)], verbose_name='title')),
                    ('description', models.TextField(max_length=8000, verbose_name='what it is about')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title in English')),
                    ('summary_sv', models.TextField(blank=True, default='', max_length=1500, verbose_name='summary in Swedish')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=1500, verbose_name='summary in English')),
                    ('aim', models.TextField(blank=True, default='', max_length=3000, verbose_name='aim')),
                    ('questions', models.TextField(blank=True, default='', max_length=3000, verbose_name='research questions')),
                    ('material', models.TextField(blank=True, default='', max_length=3000, verbose_name='material and permits')),
                    ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='keywords')),
                    ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20), default=list, size=None, verbose_name='levels')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                    ('is_remote', models.BooleanField(default=False, verbose_name='can be done remotely')),
                    ('pay', models.CharField(choices=[('no', 'Not paid'), ('yes', 'Paid'), ('agreed', 'To be agreed')], default='agreed', max_length=10, verbose_name='pay')),
                    ('schedule', models.CharField(blank=True, default='', max_length=200, verbose_name='schedule')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='can begin on')),
                    ('closes_on', models.DateField(blank=True, null=True, verbose_name='last day to apply')),
                    ('contract', models.CharField(choices=[('made', 'An agreement is made with the student and the school'), ('open', 'Agreed on when the student is known'), ('not_needed', 'No agreement is needed')], default='open', max_length=20, verbose_name='agreement')),
                    ('permits', models.CharField(choices=[('unknown', 'Not known yet'), ('not_needed', 'No permits are needed'), ('commissioner', 'The commissioner sees to the permits'), ('student', 'The student applies for a research permit')], default='unknown', max_length=20, verbose_name='permits')),
                    ('outside', models.TextField(blank=True, default='', max_length=1000, verbose_name='what stays outside the thesis')),
                    ('publicity_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='publicity accepted')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('open', 'Open'), ('reserved', 'Reserved'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('finished', 'Finished'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='draft', max_length=20, verbose_name='state')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                    ('renewed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='renewed')),
                    ('closing_reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='why it was withdrawn')),
                    ('external_id', models.CharField(blank=True, default='', max_length=80, verbose_name='external id')),
                    ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='offered_topics', to=settings.AUTH_USER_MODEL, verbose_name='contact person')),
                    ('home_cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation')),
                    ('region', models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region')),
                    ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='for the students of')),
                    ('split_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='theses.topic', verbose_name='part of')),
                    ('student', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='thesis_ideas', to=settings.AUTH_USER_MODEL, verbose_name='student whose idea it is')),
                    ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='supervised_topics', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'verbose_name': 'thesis topic',
                    'verbose_name_plural': 'thesis topics',
                    'ordering': ['-published_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='ThreadLinkEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('challenge', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge')),
                    ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure', verbose_name='measure')),
                    ('need', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.need', verbose_name='need')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.threadlink')),
                    ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('score', models.FloatField(verbose_name='score')),
                    ('found_at', models.DateTimeField(verbose_name='found')),
                    ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='theses.studentprofile')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='theses.topic')),
                ],
                options={
                    'verbose_name': 'suggestion',
                    'verbose_name_plural': 'suggestions',
                    'ordering': ['-score', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='PlaceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.place')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic', verbose_name='thesis topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Dismissal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='time')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to=settings.AUTH_USER_MODEL)),
                    ('student', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.studentprofile')),
                    ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.supervisorprofile')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.topic')),
                ],
                options={
                    'verbose_name': 'not for me',
                    'verbose_name_plural': 'not for me',
                    'ordering': ['-at'],
                },
            ),
            migrations.CreateModel(
                name='ApproachEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('kind', models.CharField(choices=[('commission', 'An organisation wants to commission the topic'), ('supervise', 'A supervisor offers to supervise'), ('invite_student', 'A student is invited to apply'), ('invite_supervisor', 'A supervisor is asked'), ('invite_commissioner', 'An organisation is asked to commission')], max_length=30, verbose_name='kind')),
                    ('message', models.TextField(max_length=2000, verbose_name='message')),
                    ('stage', models.CharField(choices=[('pending', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('expired', 'No answer in time')], default='pending', max_length=20, verbose_name='state')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                    ('answer_by', models.DateField(verbose_name='answer by')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender')),
                    ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='commissioner')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.approach')),
                    ('to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='addressee')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic', verbose_name='thesis topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ApplicationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('motivation', models.TextField(max_length=4000, verbose_name='why the topic interests you')),
                    ('school', models.CharField(max_length=200, verbose_name='educational institution and degree')),
                    ('meeting', models.TextField(blank=True, default='', max_length=500, verbose_name='where and how the interview is held')),
                    ('other_times', models.TextField(blank=True, default='', max_length=500, verbose_name='wish for other times')),
                    ('proposed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='times proposed')),
                    ('answer_by', models.DateField(blank=True, default=theses.models.applications.answer_day, null=True, verbose_name='answered by')),
                    ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reminded')),
                    ('warned_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='warned of closing')),
                    ('stage', models.CharField(choices=[('submitted', 'Waiting for an answer'), ('interview', 'Invited to an interview'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn by the applicant'), ('completed', 'Thesis finished'), ('ended', 'Thesis ended unfinished')], default='submitted', max_length=20, verbose_name='state')),
                    ('topic_version', models.PositiveIntegerField(default=1, verbose_name='version of the topic')),
                    ('submitted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.application')),
                    ('student', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='student')),
                    ('place', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.place', verbose_name='place')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic', verbose_name='thesis topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TopicEducationField',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.ForeignKey(limit_choices_to={'scheme': 'education_field'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='field of education')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.topic')),
                ],
                options={
                    'verbose_name': 'field of education',
                    'verbose_name_plural': 'fields of education',
                },
            ),
            migrations.CreateModel(
                name='TopicEducationFieldEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.topiceducationfield')),
                    ('term', models.ForeignKey(db_constraint=False, limit_choices_to={'scheme': 'education_field'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='field of education')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TopicEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('slug', models.SlugField(db_index=False, max_length=90, validators=[theses.models.topics.refuse_reserved_slug], verbose_name='address')),
                    ('origin', models.CharField(choices=[('organisation', 'Offered by an organisation'), ('supervisor', 'Proposed by a supervisor'), ('student', 'A student’s own idea')], default='organisation', max_length=20, verbose_name='who proposed it')),
                    ('title', models.CharField(max_length=200, validators=[django.core.validators.MinLengthValidator(5)], verbose_name='title')),
                    ('description', models.TextField(max_length=8000, verbose_name='what it is about')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title in English')),
                    ('summary_sv', models.TextField(blank=True, default='', max_length=1500, verbose_name='summary in Swedish')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=1500, verbose_name='summary in English')),
                    ('aim', models.TextField(blank=True, default='', max_length=3000, verbose_name='aim')),
                    ('questions', models.TextField(blank=True, default='', max_length=3000, verbose_name='research questions')),
                    ('material', models.TextField(blank=True, default='', max_length=3000, verbose_name='material and permits')),
                    ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='keywords')),
                    ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('bachelor_uas', "UAS bachelor's thesis"), ('master_uas', "UAS master's thesis"), ('bachelor', "Bachelor's thesis"), ('master', "Master's thesis"), ('master_tech', "Master's thesis (technology)"), ('doctoral', 'Doctoral dissertation')], max_length=20), default=list, size=None, verbose_name='levels')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), default=list, size=None, verbose_name='languages')),
                    ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                    ('is_remote', models.BooleanField(default=False, verbose_name='can be done remotely')),
                    ('pay', models.CharField(choices=[('no', 'Not paid'), ('yes', 'Paid'), ('agreed', 'To be agreed')], default='agreed', max_length=10, verbose_name='pay')),
                    ('schedule', models.CharField(blank=True, default='', max_length=200, verbose_name='schedule')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='can begin on')),
                    ('closes_on', models.DateField(blank=True, null=True, verbose_name='last day to apply')),
                    ('contract', models.CharField(choices=[('made', 'An agreement is made with the student and the school'), ('open', 'Agreed on when the student is known'), ('not_needed', 'No agreement is needed')], default='open', max_length=20, verbose_name='agreement')),
                    ('permits', models.CharField(choices=[('unknown', 'Not known yet'), ('not_needed', 'No permits are needed'), ('commissioner', 'The commissioner sees to the permits'), ('student', 'The student applies for a research permit')], default='unknown', max_length=20, verbose_name='permits')),
                    ('outside', models.TextField(blank=True, default='', max_length=1000, verbose_name='what stays outside the thesis')),
                    ('publicity_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='publicity accepted')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('open', 'Open'), ('reserved', 'Reserved'), ('agreed', 'Agreed'), ('in_progress', 'In progress'), ('finished', 'Finished'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='draft', max_length=20, verbose_name='state')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                    ('renewed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='renewed')),
                    ('closing_reason', models.TextField(blank=True, default='', max_length=2000, verbose_name='why it was withdrawn')),
                    ('external_id', models.CharField(blank=True, default='', max_length=80, verbose_name='external id')),
                    ('contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact person')),
                    ('home_cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster')),
                    ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.topic')),
                    ('region', models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region')),
                    ('school', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='for the students of')),
                    ('split_from', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic', verbose_name='part of')),
                    ('student', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='student whose idea it is')),
                    ('supervisor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TopicTerm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='theme')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.topic')),
                ],
                options={
                    'verbose_name': 'theme',
                    'verbose_name_plural': 'themes',
                },
            ),
            migrations.CreateModel(
                name='TopicTermEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='theses.topicterm')),
                    ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='theme')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='theses.topic')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        Together([
            migrations.AddField(
                model_name='studentfield',
                name='profile',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.studentprofile'),
            ),
            migrations.AddField(
                model_name='profileaccess',
                name='profile',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.studentprofile'),
            ),
            migrations.AddField(
                model_name='studentprofile',
                name='regions',
                field=models.ManyToManyField(blank=True, related_name='+', through='theses.StudentRegion', to='core.term', verbose_name='regions'),
            ),
            migrations.AddField(
                model_name='studentprofile',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', through='theses.StudentTerm', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='supervisorfield',
                name='profile',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='theses.supervisorprofile'),
            ),
            migrations.AddField(
                model_name='supervisorprofile',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', through='theses.SupervisorTheme', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='supervisionrequest',
                name='thesis',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='theses.thesis', verbose_name='thesis'),
            ),
            migrations.AddField(
                model_name='milestone',
                name='thesis',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='theses.thesis'),
            ),
            migrations.AddField(
                model_name='lightreport',
                name='thesis',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='light_reports', to='theses.thesis'),
            ),
            migrations.AddField(
                model_name='agreement',
                name='thesis',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='agreement', to='theses.thesis'),
            ),
            migrations.AddField(
                model_name='threadlink',
                name='topic',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thread_links', to='theses.topic'),
            ),
            migrations.AddField(
                model_name='place',
                name='topic',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='theses.topic', verbose_name='thesis topic'),
            ),
            migrations.AddField(
                model_name='approach',
                name='topic',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approaches', to='theses.topic', verbose_name='thesis topic'),
            ),
            migrations.AddField(
                model_name='application',
                name='topic',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='theses.topic', verbose_name='thesis topic'),
            ),
            migrations.AddField(
                model_name='topic',
                name='education_fields',
                field=models.ManyToManyField(blank=True, related_name='+', through='theses.TopicEducationField', to='core.term', verbose_name='fields of education'),
            ),
            migrations.AddField(
                model_name='topic',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', through='theses.TopicTerm', to='core.term', verbose_name='themes'),
            ),
            migrations.AddConstraint(
                model_name='applicationfile',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='theses_file_name_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationfile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_applicationfileevent" ("application_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."application_id", NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='88646f90d36b9eb35984f93a78a8b1ff9dd31c35', operation='INSERT', pgid='pgtrigger_insert_insert_f0a23', table='theses_applicationfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationfile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_applicationfileevent" ("application_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."application_id", NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='64f03773301bb62dd88074103d5721b2cfebed81', operation='UPDATE', pgid='pgtrigger_update_update_cc702', table='theses_applicationfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationfile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_applicationfileevent" ("application_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (OLD."application_id", OLD."created_at", OLD."file", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."size"); RETURN NULL;', hash='e0b8887da8e9b3008ad98fc1de35e2f3335cb3a0', operation='DELETE', pgid='pgtrigger_delete_delete_23406', table='theses_applicationfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationfileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='007ac06964fbd2f0b7c93b22442c4ab22a8aa227', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_774eb', table='theses_applicationfileevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='interviewtime',
                constraint=models.UniqueConstraint(fields=('application', 'starts_at'), name='theses_interview_time_once'),
            ),
            migrations.AddConstraint(
                model_name='interviewtime',
                constraint=models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('application',), name='theses_interview_one_chosen'),
            ),
            migrations.AddConstraint(
                model_name='interviewtime',
                constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (10, 240))), name='theses_interview_length_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='interviewtime',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_interviewtimeevent" ("application_id", "id", "is_chosen", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."application_id", NEW."id", NEW."is_chosen", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_at"); RETURN NULL;', hash='1a6cb223f606dc97df1c3ca44d5f31dcda45abe7', operation='INSERT', pgid='pgtrigger_insert_insert_d38c8', table='theses_interviewtime', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='interviewtime',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_interviewtimeevent" ("application_id", "id", "is_chosen", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."application_id", NEW."id", NEW."is_chosen", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_at"); RETURN NULL;', hash='0e1364be3e941b4d7a894e0fbe2de4e11f08fb4b', operation='UPDATE', pgid='pgtrigger_update_update_c914c', table='theses_interviewtime', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='interviewtime',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_interviewtimeevent" ("application_id", "id", "is_chosen", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (OLD."application_id", OLD."id", OLD."is_chosen", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_at"); RETURN NULL;', hash='7f131491ea6d2337c12a1e3328fdc29a34e20492', operation='DELETE', pgid='pgtrigger_delete_delete_3d055', table='theses_interviewtime', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='interviewtimeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a553d2a78b15ed5dc6944955453999f2cb27ac2c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d42c1', table='theses_interviewtimeevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='schoolguide',
                constraint=models.CheckConstraint(condition=models.Q(('text_fi', ''), _negated=True), name='theses_guide_text_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schoolguide',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_schoolguideevent" ("agreement_url", "checked_on", "deadlines", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repository_url", "school_id", "text_en", "text_fi", "text_sv") VALUES (NEW."agreement_url", NEW."checked_on", NEW."deadlines", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."repository_url", NEW."school_id", NEW."text_en", NEW."text_fi", NEW."text_sv"); RETURN NULL;', hash='6abffeb2cc5ca72f9b22e9715366115c76fbc20d', operation='INSERT', pgid='pgtrigger_insert_insert_f79f6', table='theses_schoolguide', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schoolguide',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_schoolguideevent" ("agreement_url", "checked_on", "deadlines", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repository_url", "school_id", "text_en", "text_fi", "text_sv") VALUES (NEW."agreement_url", NEW."checked_on", NEW."deadlines", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."repository_url", NEW."school_id", NEW."text_en", NEW."text_fi", NEW."text_sv"); RETURN NULL;', hash='7fb15a3ffa5d92c3d6fc919d3bddfd5543185da7', operation='UPDATE', pgid='pgtrigger_update_update_dfd59', table='theses_schoolguide', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schoolguide',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_schoolguideevent" ("agreement_url", "checked_on", "deadlines", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repository_url", "school_id", "text_en", "text_fi", "text_sv") VALUES (OLD."agreement_url", OLD."checked_on", OLD."deadlines", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."repository_url", OLD."school_id", OLD."text_en", OLD."text_fi", OLD."text_sv"); RETURN NULL;', hash='34d65092ecbdf96fa4e2e1b1baa31a48eb3593fd', operation='DELETE', pgid='pgtrigger_delete_delete_18faa', table='theses_schoolguide', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schoolguideevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f45d64dfe460c8083cb45dc616b410126a165d63', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb5a4', table='theses_schoolguideevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentfieldevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='62f10936e22f9edbeb5c5e93f653fef0c091ba0c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45883', table='theses_studentfieldevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='studentfield',
                constraint=models.UniqueConstraint(fields=('profile', 'term'), name='theses_studentfield_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentfield',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='8b18bbcacdd0e577e29703db8cbc8bcbfda2e8a3', operation='INSERT', pgid='pgtrigger_insert_insert_1f442', table='theses_studentfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentfield',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_studentfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='d8353891a9c46e50191ae2eaa0b443c4a952f45b', operation='UPDATE', pgid='pgtrigger_update_update_53b8b', table='theses_studentfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentfield',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."term_id"); RETURN NULL;', hash='9918067aa0a2f6f6405463e5a624f8d63a615c30', operation='DELETE', pgid='pgtrigger_delete_delete_aa29a', table='theses_studentfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='profileaccessevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e04b0749251627c849a7e5239b409db20b35b102', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b893', table='theses_profileaccessevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='profileaccess',
                constraint=models.UniqueConstraint(fields=('profile', 'organisation'), name='theses_profileaccess_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='profileaccess',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_profileaccessevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "since") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."since"); RETURN NULL;', hash='f5ba8038c2ff596aa346cbec772cc5d2e1f4f1f3', operation='INSERT', pgid='pgtrigger_insert_insert_8b577', table='theses_profileaccess', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='profileaccess',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_profileaccessevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "since") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."since"); RETURN NULL;', hash='35ec6a9520ebe950db1ebf3e4633109020b7a176', operation='UPDATE', pgid='pgtrigger_update_update_7ad7b', table='theses_profileaccess', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='profileaccess',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_profileaccessevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "since") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."since"); RETURN NULL;', hash='29f64d54fbc47af98a033b6f47c0f70bcaead468', operation='DELETE', pgid='pgtrigger_delete_delete_e95cf', table='theses_profileaccess', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentprofileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5b9da32efd009789809a4f75843f870cb52679a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78366', table='theses_studentprofileevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='studentregion',
                constraint=models.UniqueConstraint(fields=('profile', 'term'), name='theses_studentregion_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentregion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentregionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='760930a3bd39d20bcbef81a21ef34b45fde2a78f', operation='INSERT', pgid='pgtrigger_insert_insert_d1b6f', table='theses_studentregion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentregion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_studentregionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='07046cc14bcc9861746df2aacf82508c4b353560', operation='UPDATE', pgid='pgtrigger_update_update_c3086', table='theses_studentregion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentregion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentregionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."term_id"); RETURN NULL;', hash='9b5fba3aa0f61a095e118803d4ff73040e4bdbe3', operation='DELETE', pgid='pgtrigger_delete_delete_09f64', table='theses_studentregion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentregionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='20339ae117a1a546b5c8b54f285a93f53c7293fd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b81d', table='theses_studentregionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='studentterm',
                constraint=models.UniqueConstraint(fields=('profile', 'term'), name='theses_studentterm_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentterm',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studenttermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='bc74c904c2a6f4758f9a9eaa8ae6b4d7129d8760', operation='INSERT', pgid='pgtrigger_insert_insert_c3060', table='theses_studentterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentterm',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_studenttermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='8a61ad034898c56103accebba19e057961ddb6d5', operation='UPDATE', pgid='pgtrigger_update_update_e7cd5', table='theses_studentterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentterm',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studenttermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."term_id"); RETURN NULL;', hash='ff801341754d52a9663ef1d19b4bef8b3ed4d1c8', operation='DELETE', pgid='pgtrigger_delete_delete_1fec4', table='theses_studentterm', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='studentprofile',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='theses_student_search'),
            ),
            migrations.AddConstraint(
                model_name='studentprofile',
                constraint=models.CheckConstraint(condition=models.Q(('level__in', ['bachelor_uas', 'master_uas', 'bachelor', 'master', 'master_tech', 'doctoral'])), name='theses_student_level_known'),
            ),
            migrations.AddConstraint(
                model_name='studentprofile',
                constraint=models.CheckConstraint(condition=models.Q(('openness__in', ['private', 'chosen', 'commissioners'])), name='theses_student_openness_known'),
            ),
            migrations.AddConstraint(
                model_name='studentprofile',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en'])), name='theses_student_languages_known'),
            ),
            migrations.AddConstraint(
                model_name='studentprofile',
                constraint=models.CheckConstraint(condition=models.Q(('available_until__gte', models.F('available_from')), ('available_until__isnull', True), ('available_from__isnull', True), _connector='OR'), name='theses_student_time_in_order'),
            ),
            migrations.AddConstraint(
                model_name='studentprofile',
                constraint=models.CheckConstraint(condition=models.Q(('openness', 'private'), ('opened_at__isnull', False), _connector='OR'), name='theses_student_opened_at_a_time'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentprofile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentprofileevent" ("available_from", "available_until", "cluster_id", "created_at", "id", "interests", "is_remote", "languages", "level", "opened_at", "openness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "public_id", "school_id", "school_name", "updated_at", "user_id", "wants_pay") VALUES (NEW."available_from", NEW."available_until", NEW."cluster_id", NEW."created_at", NEW."id", NEW."interests", NEW."is_remote", NEW."languages", NEW."level", NEW."opened_at", NEW."openness", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme", NEW."public_id", NEW."school_id", NEW."school_name", NEW."updated_at", NEW."user_id", NEW."wants_pay"); RETURN NULL;', hash='cd678cffec1f4b34cd6a2e952cd9a50470a3073d', operation='INSERT', pgid='pgtrigger_insert_insert_4ad07', table='theses_studentprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentprofile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."available_from" IS DISTINCT FROM (NEW."available_from") OR OLD."available_until" IS DISTINCT FROM (NEW."available_until") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."is_remote" IS DISTINCT FROM (NEW."is_remote") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."openness" IS DISTINCT FROM (NEW."openness") OR OLD."programme" IS DISTINCT FROM (NEW."programme") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."school_name" IS DISTINCT FROM (NEW."school_name") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."wants_pay" IS DISTINCT FROM (NEW."wants_pay"))', func='INSERT INTO "theses_studentprofileevent" ("available_from", "available_until", "cluster_id", "created_at", "id", "interests", "is_remote", "languages", "level", "opened_at", "openness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "public_id", "school_id", "school_name", "updated_at", "user_id", "wants_pay") VALUES (NEW."available_from", NEW."available_until", NEW."cluster_id", NEW."created_at", NEW."id", NEW."interests", NEW."is_remote", NEW."languages", NEW."level", NEW."opened_at", NEW."openness", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme", NEW."public_id", NEW."school_id", NEW."school_name", NEW."updated_at", NEW."user_id", NEW."wants_pay"); RETURN NULL;', hash='90c51642207a70a2cf6467bc3a4372886024f907', operation='UPDATE', pgid='pgtrigger_update_update_81957', table='theses_studentprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studentprofile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_studentprofileevent" ("available_from", "available_until", "cluster_id", "created_at", "id", "interests", "is_remote", "languages", "level", "opened_at", "openness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "public_id", "school_id", "school_name", "updated_at", "user_id", "wants_pay") VALUES (OLD."available_from", OLD."available_until", OLD."cluster_id", OLD."created_at", OLD."id", OLD."interests", OLD."is_remote", OLD."languages", OLD."level", OLD."opened_at", OLD."openness", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme", OLD."public_id", OLD."school_id", OLD."school_name", OLD."updated_at", OLD."user_id", OLD."wants_pay"); RETURN NULL;', hash='1edf7e724128fea1c5a32c9ef19a24d50e2da0d4', operation='DELETE', pgid='pgtrigger_delete_delete_4554b', table='theses_studentprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='studenttermevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='fa786595d060e1eb2604fb3500068ba0e8d12754', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b683', table='theses_studenttermevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorfieldevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a6aaec773a9400a8fc8dc27b901d870f551d7dba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_10417', table='theses_supervisorfieldevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='supervisorfield',
                constraint=models.UniqueConstraint(fields=('profile', 'term'), name='theses_supervisorfield_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorfield',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='87a182dd4a1412ec61bcf1ad1a396c63c11d1908', operation='INSERT', pgid='pgtrigger_insert_insert_1df78', table='theses_supervisorfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorfield',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_supervisorfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='31d4dcf77f5eaaea290fec007d07f412b9ead4d9', operation='UPDATE', pgid='pgtrigger_update_update_6385a', table='theses_supervisorfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorfield',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."term_id"); RETURN NULL;', hash='a51787e984cfa0f47664e81b8c849b5fa288d230', operation='DELETE', pgid='pgtrigger_delete_delete_94fee', table='theses_supervisorfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorprofileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3a8a000d16b89f47ed8813ca880102fcd6ce7a97', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e118', table='theses_supervisorprofileevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='supervisorseats',
                constraint=models.UniqueConstraint(fields=('profile', 'year', 'half'), name='theses_seats_once_a_term'),
            ),
            migrations.AddConstraint(
                model_name='supervisorseats',
                constraint=models.CheckConstraint(condition=models.Q(('half__in', ['spring', 'autumn'])), name='theses_seats_half_known'),
            ),
            migrations.AddConstraint(
                model_name='supervisorseats',
                constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('capacity'))), name='theses_seats_never_overfull'),
            ),
            migrations.AddConstraint(
                model_name='supervisorseats',
                constraint=models.CheckConstraint(condition=models.Q(('capacity__lte', 200)), name='theses_seats_capacity_sane'),
            ),
            migrations.AddConstraint(
                model_name='supervisorseats',
                constraint=models.CheckConstraint(condition=models.Q(('year__range', (2020, 2100))), name='theses_seats_year_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorseats',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorseatsevent" ("capacity", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "taken", "year") VALUES (NEW."capacity", NEW."half", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."taken", NEW."year"); RETURN NULL;', hash='9f6a50a6703984159c7605116d3b36bc1b45955f', operation='INSERT', pgid='pgtrigger_insert_insert_150e7', table='theses_supervisorseats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorseats',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_supervisorseatsevent" ("capacity", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "taken", "year") VALUES (NEW."capacity", NEW."half", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."taken", NEW."year"); RETURN NULL;', hash='dcfeb5aa8e88b4a49a6045a5258169d65c058753', operation='UPDATE', pgid='pgtrigger_update_update_4dd48', table='theses_supervisorseats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorseats',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorseatsevent" ("capacity", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "taken", "year") VALUES (OLD."capacity", OLD."half", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."taken", OLD."year"); RETURN NULL;', hash='5f36905ec8476eda653ddd45c6d869ff727d9223', operation='DELETE', pgid='pgtrigger_delete_delete_f3048', table='theses_supervisorseats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorseatsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='bf194b6d76b7a697dbccd775b00a36d5427e59b8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8654a', table='theses_supervisorseatsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='supervisortheme',
                constraint=models.UniqueConstraint(fields=('profile', 'term'), name='theses_supervisortheme_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisortheme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorthemeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='c6a63247823acd47d764216578f1dc6dc4c76328', operation='INSERT', pgid='pgtrigger_insert_insert_14f65', table='theses_supervisortheme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisortheme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_supervisorthemeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile_id", NEW."term_id"); RETURN NULL;', hash='57908afd69b3452b36e4f8c28c7cd39666675721', operation='UPDATE', pgid='pgtrigger_update_update_888e9', table='theses_supervisortheme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisortheme',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorthemeevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "term_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile_id", OLD."term_id"); RETURN NULL;', hash='dc11b3d69cd6a9ec9f1f382c21d8f2e4c0cabbb2', operation='DELETE', pgid='pgtrigger_delete_delete_c5bc4', table='theses_supervisortheme', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='supervisorprofile',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='theses_supervisor_search'),
            ),
            migrations.AddConstraint(
                model_name='supervisorprofile',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members'])), name='theses_supervisor_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='supervisorprofile',
                constraint=models.CheckConstraint(condition=models.Q(('levels__contained_by', ['bachelor_uas', 'master_uas', 'bachelor', 'master', 'master_tech', 'doctoral'])), name='theses_supervisor_levels_known'),
            ),
            migrations.AddConstraint(
                model_name='supervisorprofile',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en'])), name='theses_supervisor_languages_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorprofile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorprofileevent" ("created_at", "expertise", "id", "institution_id", "is_open", "languages", "levels", "methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "user_id", "visibility") VALUES (NEW."created_at", NEW."expertise", NEW."id", NEW."institution_id", NEW."is_open", NEW."languages", NEW."levels", NEW."methods", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."updated_at", NEW."user_id", NEW."visibility"); RETURN NULL;', hash='57519805f97f071272e3527f81117fd795972990', operation='INSERT', pgid='pgtrigger_insert_insert_57b00', table='theses_supervisorprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorprofile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expertise" IS DISTINCT FROM (NEW."expertise") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."institution_id" IS DISTINCT FROM (NEW."institution_id") OR OLD."is_open" IS DISTINCT FROM (NEW."is_open") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."levels" IS DISTINCT FROM (NEW."levels") OR OLD."methods" IS DISTINCT FROM (NEW."methods") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "theses_supervisorprofileevent" ("created_at", "expertise", "id", "institution_id", "is_open", "languages", "levels", "methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "user_id", "visibility") VALUES (NEW."created_at", NEW."expertise", NEW."id", NEW."institution_id", NEW."is_open", NEW."languages", NEW."levels", NEW."methods", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."updated_at", NEW."user_id", NEW."visibility"); RETURN NULL;', hash='bf60a6e0c824561e3131ba4d3c0d34503375c1c6', operation='UPDATE', pgid='pgtrigger_update_update_b9210', table='theses_supervisorprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorprofile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisorprofileevent" ("created_at", "expertise", "id", "institution_id", "is_open", "languages", "levels", "methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "user_id", "visibility") VALUES (OLD."created_at", OLD."expertise", OLD."id", OLD."institution_id", OLD."is_open", OLD."languages", OLD."levels", OLD."methods", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."updated_at", OLD."user_id", OLD."visibility"); RETURN NULL;', hash='ec5b14cefcae027de1ac0581b2deff989fc1f676', operation='DELETE', pgid='pgtrigger_delete_delete_bf7c6', table='theses_supervisorprofile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisorthemeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ff897939067bfc67c4d37b8b46abd8b3b30c529f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da001', table='theses_supervisorthemeevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='thesis',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='theses_thesis_search'),
            ),
            migrations.AddIndex(
                model_name='thesis',
                index=models.Index(fields=['stage', '-finished_on'], name='theses_thesis_stage'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['seeking', 'matched', 'agreed', 'in_progress', 'interrupted', 'finished', 'ended'])), name='theses_thesis_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('light__in', ['green', 'yellow', 'red'])), name='theses_thesis_light_known'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('usage__in', ['unknown', 'used', 'partly', 'basis', 'not_used'])), name='theses_thesis_usage_known'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('slug',), name='theses_thesis_slug_once'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['seeking', 'ended']), ('supervisor__isnull', False), _connector='OR'), name='theses_thesis_supervised_when_matched'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('level', ''), ('level__in', ['bachelor_uas', 'master_uas', 'bachelor', 'master', 'master_tech', 'doctoral']), _connector='OR'), name='theses_thesis_level_known'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', True), ('finished_year__isnull', True)), models.Q(('finished_on__isnull', False), ('finished_year__isnull', False)), _connector='OR'), name='theses_thesis_year_of_finishing'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('light', 'red'), _negated=True), models.Q(('light_note', ''), _negated=True), _connector='OR'), name='theses_thesis_red_light_explained'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'finished'), _negated=True), models.Q(('finished_on__isnull', False), models.Q(('abstract', ''), _negated=True), models.Q(('slug', ''), _negated=True)), _connector='OR'), name='theses_thesis_finished_whole'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'ended'), _negated=True), models.Q(('ending_reason', ''), _negated=True), _connector='OR'), name='theses_thesis_end_reasoned'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'interrupted'), ('stage_before__in', ['matched', 'agreed', 'in_progress', 'interrupted'])), models.Q(models.Q(('stage', 'interrupted'), _negated=True), ('stage_before', '')), _connector='OR'), name='theses_thesis_interrupted_from_somewhere'),
            ),
            migrations.AddConstraint(
                model_name='thesis',
                constraint=models.CheckConstraint(condition=models.Q(('target_on__gte', models.F('started_on')), ('target_on__isnull', True), ('started_on__isnull', True), _connector='OR'), name='theses_thesis_time_in_order'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesis',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_thesisevent" ("abstract", "application_id", "created_at", "ending_reason", "field_codes", "finished_on", "finished_year", "id", "leave_told", "level", "light", "light_at", "light_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "ready_at", "repository_url", "resumes_on", "seat_id", "shows_author", "slug", "stage", "stage_before", "started_on", "supervisor_id", "target_on", "title", "updated_at", "usage", "usage_asked_at", "usage_at", "used_for") VALUES (NEW."abstract", NEW."application_id", NEW."created_at", NEW."ending_reason", NEW."field_codes", NEW."finished_on", NEW."finished_year", NEW."id", NEW."leave_told", NEW."level", NEW."light", NEW."light_at", NEW."light_note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."ready_at", NEW."repository_url", NEW."resumes_on", NEW."seat_id", NEW."shows_author", NEW."slug", NEW."stage", NEW."stage_before", NEW."started_on", NEW."supervisor_id", NEW."target_on", NEW."title", NEW."updated_at", NEW."usage", NEW."usage_asked_at", NEW."usage_at", NEW."used_for"); RETURN NULL;', hash='69b5d8dbed01ddd2ccb866f16813abdbf3e707d8', operation='INSERT', pgid='pgtrigger_insert_insert_7c562', table='theses_thesis', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesis',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."abstract" IS DISTINCT FROM (NEW."abstract") OR OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ending_reason" IS DISTINCT FROM (NEW."ending_reason") OR OLD."field_codes" IS DISTINCT FROM (NEW."field_codes") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."finished_year" IS DISTINCT FROM (NEW."finished_year") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."leave_told" IS DISTINCT FROM (NEW."leave_told") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."light" IS DISTINCT FROM (NEW."light") OR OLD."light_at" IS DISTINCT FROM (NEW."light_at") OR OLD."light_note" IS DISTINCT FROM (NEW."light_note") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."ready_at" IS DISTINCT FROM (NEW."ready_at") OR OLD."repository_url" IS DISTINCT FROM (NEW."repository_url") OR OLD."resumes_on" IS DISTINCT FROM (NEW."resumes_on") OR OLD."seat_id" IS DISTINCT FROM (NEW."seat_id") OR OLD."shows_author" IS DISTINCT FROM (NEW."shows_author") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."stage_before" IS DISTINCT FROM (NEW."stage_before") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."target_on" IS DISTINCT FROM (NEW."target_on") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."usage" IS DISTINCT FROM (NEW."usage") OR OLD."usage_asked_at" IS DISTINCT FROM (NEW."usage_asked_at") OR OLD."usage_at" IS DISTINCT FROM (NEW."usage_at") OR OLD."used_for" IS DISTINCT FROM (NEW."used_for"))', func='INSERT INTO "theses_thesisevent" ("abstract", "application_id", "created_at", "ending_reason", "field_codes", "finished_on", "finished_year", "id", "leave_told", "level", "light", "light_at", "light_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "ready_at", "repository_url", "resumes_on", "seat_id", "shows_author", "slug", "stage", "stage_before", "started_on", "supervisor_id", "target_on", "title", "updated_at", "usage", "usage_asked_at", "usage_at", "used_for") VALUES (NEW."abstract", NEW."application_id", NEW."created_at", NEW."ending_reason", NEW."field_codes", NEW."finished_on", NEW."finished_year", NEW."id", NEW."leave_told", NEW."level", NEW."light", NEW."light_at", NEW."light_note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."ready_at", NEW."repository_url", NEW."resumes_on", NEW."seat_id", NEW."shows_author", NEW."slug", NEW."stage", NEW."stage_before", NEW."started_on", NEW."supervisor_id", NEW."target_on", NEW."title", NEW."updated_at", NEW."usage", NEW."usage_asked_at", NEW."usage_at", NEW."used_for"); RETURN NULL;', hash='09da69433ebb49e271dc9cfcb0fe949b777b13cd', operation='UPDATE', pgid='pgtrigger_update_update_045f3', table='theses_thesis', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesis',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_thesisevent" ("abstract", "application_id", "created_at", "ending_reason", "field_codes", "finished_on", "finished_year", "id", "leave_told", "level", "light", "light_at", "light_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "ready_at", "repository_url", "resumes_on", "seat_id", "shows_author", "slug", "stage", "stage_before", "started_on", "supervisor_id", "target_on", "title", "updated_at", "usage", "usage_asked_at", "usage_at", "used_for") VALUES (OLD."abstract", OLD."application_id", OLD."created_at", OLD."ending_reason", OLD."field_codes", OLD."finished_on", OLD."finished_year", OLD."id", OLD."leave_told", OLD."level", OLD."light", OLD."light_at", OLD."light_note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."ready_at", OLD."repository_url", OLD."resumes_on", OLD."seat_id", OLD."shows_author", OLD."slug", OLD."stage", OLD."stage_before", OLD."started_on", OLD."supervisor_id", OLD."target_on", OLD."title", OLD."updated_at", OLD."usage", OLD."usage_asked_at", OLD."usage_at", OLD."used_for"); RETURN NULL;', hash='774979ad2253641c187c5ee5665563affe76c1dd', operation='DELETE', pgid='pgtrigger_delete_delete_8c0a6', table='theses_thesis', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisionrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cfd519c7a406e7672a33b4b6bd11a864441384a1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f8922', table='theses_supervisionrequestevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['queued', 'asked', 'waiting', 'accepted', 'declined', 'expired', 'withdrawn'])), name='theses_request_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.UniqueConstraint(fields=('thesis', 'rank'), name='theses_request_rank_once'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['queued', 'asked', 'waiting', 'accepted'])), fields=('thesis', 'supervisor'), name='theses_request_supervisor_once'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'asked')), fields=('thesis',), name='theses_request_one_asked_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'accepted')), fields=('thesis',), name='theses_request_one_accepted'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'asked'), _negated=True), models.Q(('answer_by__isnull', False), ('asked_at__isnull', False)), _connector='OR'), name='theses_request_asked_until_a_day'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='theses_request_refusal_reasoned'),
            ),
            migrations.AddConstraint(
                model_name='supervisionrequest',
                constraint=models.CheckConstraint(condition=models.Q(('days__range', (3, 60))), name='theses_request_days_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisionrequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisionrequestevent" ("answer_by", "answered_at", "asked_at", "asked_by_id", "days", "id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rank", "reason", "reminded_at", "stage", "supervisor_id", "thesis_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."asked_at", NEW."asked_by_id", NEW."days", NEW."id", NEW."message", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."rank", NEW."reason", NEW."reminded_at", NEW."stage", NEW."supervisor_id", NEW."thesis_id"); RETURN NULL;', hash='b4aa011b16e212ad5985b7fd92c0bbd63d754a80', operation='INSERT', pgid='pgtrigger_insert_insert_1edb4', table='theses_supervisionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisionrequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_supervisionrequestevent" ("answer_by", "answered_at", "asked_at", "asked_by_id", "days", "id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rank", "reason", "reminded_at", "stage", "supervisor_id", "thesis_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."asked_at", NEW."asked_by_id", NEW."days", NEW."id", NEW."message", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."rank", NEW."reason", NEW."reminded_at", NEW."stage", NEW."supervisor_id", NEW."thesis_id"); RETURN NULL;', hash='035c1c23447634a3c6cf2ed762af69c520299fa6', operation='UPDATE', pgid='pgtrigger_update_update_7b382', table='theses_supervisionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='supervisionrequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_supervisionrequestevent" ("answer_by", "answered_at", "asked_at", "asked_by_id", "days", "id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rank", "reason", "reminded_at", "stage", "supervisor_id", "thesis_id") VALUES (OLD."answer_by", OLD."answered_at", OLD."asked_at", OLD."asked_by_id", OLD."days", OLD."id", OLD."message", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."rank", OLD."reason", OLD."reminded_at", OLD."stage", OLD."supervisor_id", OLD."thesis_id"); RETURN NULL;', hash='279d95712c7b47bc4f302b13943e1538b7979114', operation='DELETE', pgid='pgtrigger_delete_delete_285f6', table='theses_supervisionrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='1ab94ae62693420978811f4470323d8862fdb7eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0098d', table='theses_milestoneevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='milestone',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='theses_milestone_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_milestoneevent" ("done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "thesis_id", "title") VALUES (NEW."done_on", NEW."due_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."thesis_id", NEW."title"); RETURN NULL;', hash='93da4ab5ba22a275ebfb4c5fe057b309eb218ca9', operation='INSERT', pgid='pgtrigger_insert_insert_dbec7', table='theses_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_milestoneevent" ("done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "thesis_id", "title") VALUES (NEW."done_on", NEW."due_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."thesis_id", NEW."title"); RETURN NULL;', hash='013c90c30663bdc2a95e5e336a5bd675c5137835', operation='UPDATE', pgid='pgtrigger_update_update_bf768', table='theses_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='milestone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_milestoneevent" ("done_on", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "thesis_id", "title") VALUES (OLD."done_on", OLD."due_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."thesis_id", OLD."title"); RETURN NULL;', hash='cd779529193aa2516d00538e3f718be2044f623d', operation='DELETE', pgid='pgtrigger_delete_delete_43c44', table='theses_milestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='lightreportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8b16bbdcee7d0560dfb56db8f49e67780029a8ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55d05', table='theses_lightreportevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='lightreport',
                constraint=models.CheckConstraint(condition=models.Q(('light__in', ['green', 'yellow', 'red'])), name='theses_lightreport_light_known'),
            ),
            migrations.AddConstraint(
                model_name='lightreport',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('light', 'red'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='theses_lightreport_red_explained'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='lightreport',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_lightreportevent" ("at", "by_id", "id", "light", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "thesis_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."light", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."thesis_id"); RETURN NULL;', hash='dd4251101a20e6a716978b5d0a0a6d62873ea536', operation='INSERT', pgid='pgtrigger_insert_insert_227c8', table='theses_lightreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='lightreport',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_lightreportevent" ("at", "by_id", "id", "light", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "thesis_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."light", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."thesis_id"); RETURN NULL;', hash='bf97339994a2eb710528f68fc1c1ca33d7224bbc', operation='UPDATE', pgid='pgtrigger_update_update_83316', table='theses_lightreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='lightreport',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_lightreportevent" ("at", "by_id", "id", "light", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "thesis_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."light", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."thesis_id"); RETURN NULL;', hash='2c412157bbdc62719145961053057af8ee01cbc9', operation='DELETE', pgid='pgtrigger_delete_delete_79ae0', table='theses_lightreport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreementevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a5e3b8e9a909534e0ee93dd871420c74b54b0df4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40d03', table='theses_agreementevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.CheckConstraint(condition=models.Q(('permits__in', ['open', 'not_needed', 'applied', 'granted'])), name='theses_agreement_permits_known'),
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.CheckConstraint(condition=models.Q(('data__in', ['open', 'public', 'agreed'])), name='theses_agreement_data_known'),
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.CheckConstraint(condition=models.Q(('rights__in', ['open', 'student', 'licence', 'transfer'])), name='theses_agreement_rights_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_agreementevent" ("commissioner_at", "data", "data_note", "id", "permits", "permits_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rights", "rights_note", "signed_on", "student_at", "supervisor_at", "thesis_id", "updated_at") VALUES (NEW."commissioner_at", NEW."data", NEW."data_note", NEW."id", NEW."permits", NEW."permits_note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rights", NEW."rights_note", NEW."signed_on", NEW."student_at", NEW."supervisor_at", NEW."thesis_id", NEW."updated_at"); RETURN NULL;', hash='ebd585cf96d034cd3305c24f65e992fb1fa6400d', operation='INSERT', pgid='pgtrigger_insert_insert_f072c', table='theses_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_agreementevent" ("commissioner_at", "data", "data_note", "id", "permits", "permits_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rights", "rights_note", "signed_on", "student_at", "supervisor_at", "thesis_id", "updated_at") VALUES (NEW."commissioner_at", NEW."data", NEW."data_note", NEW."id", NEW."permits", NEW."permits_note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rights", NEW."rights_note", NEW."signed_on", NEW."student_at", NEW."supervisor_at", NEW."thesis_id", NEW."updated_at"); RETURN NULL;', hash='7ae5b93d87d110488413b3455ee90c477ae58689', operation='UPDATE', pgid='pgtrigger_update_update_02644', table='theses_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_agreementevent" ("commissioner_at", "data", "data_note", "id", "permits", "permits_note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rights", "rights_note", "signed_on", "student_at", "supervisor_at", "thesis_id", "updated_at") VALUES (OLD."commissioner_at", OLD."data", OLD."data_note", OLD."id", OLD."permits", OLD."permits_note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rights", OLD."rights_note", OLD."signed_on", OLD."student_at", OLD."supervisor_at", OLD."thesis_id", OLD."updated_at"); RETURN NULL;', hash='d227c5fdd1b405b202b4af3e571d54ed53268a8a', operation='DELETE', pgid='pgtrigger_delete_delete_a5709', table='theses_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesisevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='08718b4638381e04e93e9593550de4f8f6e73f11', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77107', table='theses_thesisevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesisresult',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_thesisresultevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "thesis_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."result_id", NEW."thesis_id"); RETURN NULL;', hash='c3c150a1e382f1731b8015a4d5e753e2f7a4289b', operation='INSERT', pgid='pgtrigger_insert_insert_f5273', table='theses_thesisresult', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesisresult',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_thesisresultevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "thesis_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."result_id", NEW."thesis_id"); RETURN NULL;', hash='94634e844fecc10457c618661ddec38ac0a852f9', operation='UPDATE', pgid='pgtrigger_update_update_36a62', table='theses_thesisresult', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesisresult',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_thesisresultevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "thesis_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."result_id", OLD."thesis_id"); RETURN NULL;', hash='f68cdb65911bafb8c85977f4bf66db8c48cb12dd', operation='DELETE', pgid='pgtrigger_delete_delete_0dfe9', table='theses_thesisresult', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='thesisresultevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='502527b9fd5bf366edeff0af32ef4a0869079116', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_27a2b', table='theses_thesisresultevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='threadlinkevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='e72566e93c8575cea600b8daae5d1d9e04cfb200', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_14911', table='theses_threadlinkevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='threadlink',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('challenge', None), ('measure', None), ('need__isnull', False), ('project', None)), models.Q(('challenge__isnull', False), ('measure', None), ('need', None), ('project', None)), models.Q(('challenge', None), ('measure', None), ('need', None), ('project__isnull', False)), models.Q(('challenge', None), ('measure__isnull', False), ('need', None), ('project', None)), _connector='OR'), name='theses_threadlink_exactly_one'),
            ),
            migrations.AddConstraint(
                model_name='threadlink',
                constraint=models.UniqueConstraint(fields=('topic', 'need', 'challenge', 'project', 'measure'), name='theses_threadlink_once', nulls_distinct=False),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='threadlink',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_threadlinkevent" ("challenge_id", "id", "measure_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "topic_id") VALUES (NEW."challenge_id", NEW."id", NEW."measure_id", NEW."need_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."topic_id"); RETURN NULL;', hash='5db09bd9dad18e9932e520ab5e36918fcbd1f463', operation='INSERT', pgid='pgtrigger_insert_insert_8a7e4', table='theses_threadlink', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='threadlink',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_threadlinkevent" ("challenge_id", "id", "measure_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "topic_id") VALUES (NEW."challenge_id", NEW."id", NEW."measure_id", NEW."need_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."topic_id"); RETURN NULL;', hash='4fcf132d9d7188a9299f4b8856d73d60004f8b98', operation='UPDATE', pgid='pgtrigger_update_update_bf5df', table='theses_threadlink', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='threadlink',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_threadlinkevent" ("challenge_id", "id", "measure_id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "topic_id") VALUES (OLD."challenge_id", OLD."id", OLD."measure_id", OLD."need_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."topic_id"); RETURN NULL;', hash='b1a8546ea9b8e5f27858b1ec9ac33ea5ef458a3e', operation='DELETE', pgid='pgtrigger_delete_delete_f83f2', table='theses_threadlink', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.UniqueConstraint(fields=('profile', 'topic'), name='theses_suggestion_once'),
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.CheckConstraint(condition=models.Q(('score__gt', 0)), name='theses_suggestion_score_real'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='placeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='11f5d3c75d2b9f4c86b722b505b4e258f7311ce2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d88f9', table='theses_placeevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='place',
                constraint=models.UniqueConstraint(fields=('topic', 'number'), name='theses_place_number_once'),
            ),
            migrations.AddConstraint(
                model_name='place',
                constraint=models.CheckConstraint(condition=models.Q(('number__range', (1, 50))), name='theses_place_number_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='place',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_placeevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."topic_id"); RETURN NULL;', hash='9e6fe2217fad7853f7d1415f5c8ee86b5dd216bd', operation='INSERT', pgid='pgtrigger_insert_insert_bf316', table='theses_place', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='place',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_placeevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."topic_id"); RETURN NULL;', hash='3fe07a6a4afa0478b590d008147a278c3f0e6004', operation='UPDATE', pgid='pgtrigger_update_update_51a27', table='theses_place', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='place',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_placeevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;', hash='85a250fe6698d397b6053bb53534e065e93ba83f', operation='DELETE', pgid='pgtrigger_delete_delete_522dd', table='theses_place', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='dismissal',
                constraint=models.UniqueConstraint(fields=('user', 'topic', 'student', 'supervisor'), name='theses_dismissal_once', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='dismissal',
                constraint=models.CheckConstraint(condition=models.Q(('student', None), ('supervisor', None), _connector='OR'), name='theses_dismissal_of_one'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='approachevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='c790a9e862ca10e16a56d17c2e2ae8e3c8e588ca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b005', table='theses_approachevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='approach',
                index=models.Index(fields=['stage', 'answer_by'], name='theses_approach_due'),
            ),
            migrations.AddConstraint(
                model_name='approach',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['commission', 'supervise', 'invite_student', 'invite_supervisor', 'invite_commissioner'])), name='theses_approach_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='approach',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['pending', 'accepted', 'declined', 'withdrawn', 'expired'])), name='theses_approach_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='approach',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'pending')), fields=('topic', 'kind', 'to', 'organisation'), name='theses_approach_one_pending', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='approach',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['invite_student', 'invite_supervisor']), ('organisation__isnull', True), ('to__isnull', False)), models.Q(('kind', 'supervise'), ('organisation__isnull', True), ('to__isnull', False)), models.Q(('kind__in', ['commission', 'invite_commissioner']), ('organisation__isnull', False), ('to__isnull', True)), _connector='OR'), name='theses_approach_addressed'),
            ),
            migrations.AddConstraint(
                model_name='approach',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='theses_approach_refusal_reasoned'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='approach',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_approachevent" ("answer_by", "answered_at", "answered_by_id", "by_id", "created_at", "id", "kind", "message", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "to_id", "topic_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."answered_by_id", NEW."by_id", NEW."created_at", NEW."id", NEW."kind", NEW."message", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."stage", NEW."to_id", NEW."topic_id"); RETURN NULL;', hash='bf5d87f59c80ad9221996afa1ec388ea50171809', operation='INSERT', pgid='pgtrigger_insert_insert_15389', table='theses_approach', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='approach',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_approachevent" ("answer_by", "answered_at", "answered_by_id", "by_id", "created_at", "id", "kind", "message", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "to_id", "topic_id") VALUES (NEW."answer_by", NEW."answered_at", NEW."answered_by_id", NEW."by_id", NEW."created_at", NEW."id", NEW."kind", NEW."message", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."stage", NEW."to_id", NEW."topic_id"); RETURN NULL;', hash='4d0312601cf23aee9ece9496608c5842a68a9923', operation='UPDATE', pgid='pgtrigger_update_update_8edbc', table='theses_approach', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='approach',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_approachevent" ("answer_by", "answered_at", "answered_by_id", "by_id", "created_at", "id", "kind", "message", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "stage", "to_id", "topic_id") VALUES (OLD."answer_by", OLD."answered_at", OLD."answered_by_id", OLD."by_id", OLD."created_at", OLD."id", OLD."kind", OLD."message", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."stage", OLD."to_id", OLD."topic_id"); RETURN NULL;', hash='80aa4378b1e73bdd918d93ce1c42e2ddee604043', operation='DELETE', pgid='pgtrigger_delete_delete_f4acd', table='theses_approach', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7a3208a6c53d4fa78948ba6fec04f9f4f517cc5d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fbcc7', table='theses_applicationevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='application',
                index=models.Index(fields=['topic', 'stage'], name='theses_application_queue'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['submitted', 'interview', 'accepted', 'declined', 'withdrawn', 'completed', 'ended'])), name='theses_application_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['accepted', 'completed'])), fields=('place',), name='theses_application_one_per_place'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.UniqueConstraint(condition=models.Q(('stage', 'accepted')), fields=('student',), name='theses_application_one_thesis_per_student'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['submitted', 'interview', 'accepted'])), fields=('student', 'topic'), name='theses_application_one_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', False), ('stage__in', ['accepted', 'completed'])), models.Q(models.Q(('stage__in', ['accepted', 'completed']), _negated=True), ('place__isnull', True)), _connector='OR'), name='theses_application_place_when_accepted'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['submitted', 'interview', 'withdrawn']), ('decided_at__isnull', False), _connector='OR'), name='theses_application_decided_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='theses_application_refusal_reasoned'),
            ),
            migrations.AddConstraint(
                model_name='application',
                constraint=models.CheckConstraint(condition=models.Q(('motivation', ''), _negated=True), name='theses_application_motivation_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_applicationevent" ("answer_by", "decided_at", "decided_by_id", "id", "meeting", "motivation", "other_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "public_id", "reason", "reminded_at", "school", "stage", "student_id", "submitted_at", "topic_id", "topic_version", "warned_at") VALUES (NEW."answer_by", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."meeting", NEW."motivation", NEW."other_times", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."public_id", NEW."reason", NEW."reminded_at", NEW."school", NEW."stage", NEW."student_id", NEW."submitted_at", NEW."topic_id", NEW."topic_version", NEW."warned_at"); RETURN NULL;', hash='138c6a02d46849db9b210b2174f9db20e1147cbb', operation='INSERT', pgid='pgtrigger_insert_insert_9fe7f', table='theses_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_applicationevent" ("answer_by", "decided_at", "decided_by_id", "id", "meeting", "motivation", "other_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "public_id", "reason", "reminded_at", "school", "stage", "student_id", "submitted_at", "topic_id", "topic_version", "warned_at") VALUES (NEW."answer_by", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."meeting", NEW."motivation", NEW."other_times", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."public_id", NEW."reason", NEW."reminded_at", NEW."school", NEW."stage", NEW."student_id", NEW."submitted_at", NEW."topic_id", NEW."topic_version", NEW."warned_at"); RETURN NULL;', hash='3b790a70216595c06cae3b9755a2f78f21269298', operation='UPDATE', pgid='pgtrigger_update_update_3180b', table='theses_application', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='application',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_applicationevent" ("answer_by", "decided_at", "decided_by_id", "id", "meeting", "motivation", "other_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "public_id", "reason", "reminded_at", "school", "stage", "student_id", "submitted_at", "topic_id", "topic_version", "warned_at") VALUES (OLD."answer_by", OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."meeting", OLD."motivation", OLD."other_times", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."proposed_at", OLD."public_id", OLD."reason", OLD."reminded_at", OLD."school", OLD."stage", OLD."student_id", OLD."submitted_at", OLD."topic_id", OLD."topic_version", OLD."warned_at"); RETURN NULL;', hash='0cecccc87581793cf93651c54e9cdcb6c589ef7f', operation='DELETE', pgid='pgtrigger_delete_delete_645bb', table='theses_application', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='topiceducationfield',
                constraint=models.UniqueConstraint(fields=('topic', 'term'), name='theses_topicfield_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topiceducationfield',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topiceducationfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."term_id", NEW."topic_id"); RETURN NULL;', hash='01756f2cd9f46f098bab72af354c20303993dda6', operation='INSERT', pgid='pgtrigger_insert_insert_e1535', table='theses_topiceducationfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topiceducationfield',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_topiceducationfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."term_id", NEW."topic_id"); RETURN NULL;', hash='c92da741da1b126774938b1d9bf74bb045ff7295', operation='UPDATE', pgid='pgtrigger_update_update_32299', table='theses_topiceducationfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topiceducationfield',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topiceducationfieldevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."term_id", OLD."topic_id"); RETURN NULL;', hash='8f6b96f9198768fbaf96d5f397ac4a447f483e4f', operation='DELETE', pgid='pgtrigger_delete_delete_a7563', table='theses_topiceducationfield', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topiceducationfieldevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6f8545f5118860b11a63be754fccd5b57763438d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8c321', table='theses_topiceducationfieldevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='fb336265020fd27d976c83c303bf46d8cbc2ff39', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0421c', table='theses_topicevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='topicterm',
                constraint=models.UniqueConstraint(fields=('topic', 'term'), name='theses_topicterm_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicterm',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topictermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."term_id", NEW."topic_id"); RETURN NULL;', hash='6d7dfb41dfe951007137a34eda6c42d2e699a070', operation='INSERT', pgid='pgtrigger_insert_insert_e2647', table='theses_topicterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicterm',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "theses_topictermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."term_id", NEW."topic_id"); RETURN NULL;', hash='f0e1cc4042afe7233e641f48995f9b8f3c3af6d2', operation='UPDATE', pgid='pgtrigger_update_update_84eae', table='theses_topicterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicterm',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topictermevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "topic_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."term_id", OLD."topic_id"); RETURN NULL;', hash='488e0f9ed6abb58b2a2a1c78a849ba81b3f81223', operation='DELETE', pgid='pgtrigger_delete_delete_27023', table='theses_topicterm', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='topic',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='theses_topic_search'),
            ),
            migrations.AddIndex(
                model_name='topic',
                index=models.Index(condition=models.Q(('stage', 'open')), fields=['-published_at', '-id'], name='theses_topic_newest'),
            ),
            migrations.AddIndex(
                model_name='topic',
                index=models.Index(condition=models.Q(('stage', 'open')), fields=['closes_on', 'id'], name='theses_topic_closing'),
            ),
            migrations.AddIndex(
                model_name='topic',
                index=models.Index(fields=['home_cluster', 'stage'], name='theses_topic_queue'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'in_review', 'open', 'reserved', 'agreed', 'in_progress', 'finished', 'withdrawn', 'expired'])), name='theses_topic_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('pay__in', ['no', 'yes', 'agreed'])), name='theses_topic_pay_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='theses_topic_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['organisation', 'supervisor', 'student'])), name='theses_topic_origin_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('contract__in', ['made', 'open', 'not_needed'])), name='theses_topic_contract_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('permits__in', ['unknown', 'not_needed', 'commissioner', 'student'])), name='theses_topic_permits_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('split_from', models.F('pk')), _negated=True), name='theses_topic_no_part_of_itself'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('origin', 'student'), ('student__isnull', True), _connector='OR'), name='theses_topic_student_of_an_idea'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('levels__contained_by', ['bachelor_uas', 'master_uas', 'bachelor', 'master', 'master_tech', 'doctoral'])), name='theses_topic_levels_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en'])), name='theses_topic_languages_known'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='theses_topic_title_given'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ('propose', 'supervisors', 'finished', 'applications', 'students', 'boards', 'feed', 'import', 'saved', 'suggestions', 'new', 'search', 'work', 'profile', 'ideas', 'renew', 'supervision', 'approaches', 'files', 'statistics', 'unmatched', 'interviews')), _negated=True), name='theses_topic_slug_free'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'in_review', 'withdrawn']), ('published_at__isnull', False), _connector='OR'), name='theses_topic_published_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'withdrawn']), ('publicity_accepted_at__isnull', False), _connector='OR'), name='theses_topic_publicity_accepted'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'withdrawn'), _negated=True), models.Q(('closing_reason', ''), _negated=True), _connector='OR'), name='theses_topic_withdrawal_reasoned'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('home_cluster', 'external_id'), name='theses_topic_external_id_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topicevent" ("aim", "closes_on", "closing_reason", "contact_id", "contract", "created_at", "description", "external_id", "home_cluster_id", "id", "is_remote", "keywords", "languages", "levels", "material", "municipality", "organisation_id", "origin", "outside", "pay", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicity_accepted_at", "published_at", "questions", "region_id", "renewed_at", "schedule", "school_id", "slug", "split_from_id", "stage", "starts_on", "student_id", "summary_en", "summary_sv", "supervisor_id", "title", "title_en", "title_sv", "updated_at", "version", "visibility") VALUES (NEW."aim", NEW."closes_on", NEW."closing_reason", NEW."contact_id", NEW."contract", NEW."created_at", NEW."description", NEW."external_id", NEW."home_cluster_id", NEW."id", NEW."is_remote", NEW."keywords", NEW."languages", NEW."levels", NEW."material", NEW."municipality", NEW."organisation_id", NEW."origin", NEW."outside", NEW."pay", NEW."permits", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publicity_accepted_at", NEW."published_at", NEW."questions", NEW."region_id", NEW."renewed_at", NEW."schedule", NEW."school_id", NEW."slug", NEW."split_from_id", NEW."stage", NEW."starts_on", NEW."student_id", NEW."summary_en", NEW."summary_sv", NEW."supervisor_id", NEW."title", NEW."title_en", NEW."title_sv", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='cf3143a4699baf3ad373f885055d2018549ca94b', operation='INSERT', pgid='pgtrigger_insert_insert_b76c3', table='theses_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."aim" IS DISTINCT FROM (NEW."aim") OR OLD."closes_on" IS DISTINCT FROM (NEW."closes_on") OR OLD."closing_reason" IS DISTINCT FROM (NEW."closing_reason") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."contract" IS DISTINCT FROM (NEW."contract") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_remote" IS DISTINCT FROM (NEW."is_remote") OR OLD."keywords" IS DISTINCT FROM (NEW."keywords") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."levels" IS DISTINCT FROM (NEW."levels") OR OLD."material" IS DISTINCT FROM (NEW."material") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."outside" IS DISTINCT FROM (NEW."outside") OR OLD."pay" IS DISTINCT FROM (NEW."pay") OR OLD."permits" IS DISTINCT FROM (NEW."permits") OR OLD."publicity_accepted_at" IS DISTINCT FROM (NEW."publicity_accepted_at") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."questions" IS DISTINCT FROM (NEW."questions") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."renewed_at" IS DISTINCT FROM (NEW."renewed_at") OR OLD."schedule" IS DISTINCT FROM (NEW."schedule") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."split_from_id" IS DISTINCT FROM (NEW."split_from_id") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "theses_topicevent" ("aim", "closes_on", "closing_reason", "contact_id", "contract", "created_at", "description", "external_id", "home_cluster_id", "id", "is_remote", "keywords", "languages", "levels", "material", "municipality", "organisation_id", "origin", "outside", "pay", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicity_accepted_at", "published_at", "questions", "region_id", "renewed_at", "schedule", "school_id", "slug", "split_from_id", "stage", "starts_on", "student_id", "summary_en", "summary_sv", "supervisor_id", "title", "title_en", "title_sv", "updated_at", "version", "visibility") VALUES (NEW."aim", NEW."closes_on", NEW."closing_reason", NEW."contact_id", NEW."contract", NEW."created_at", NEW."description", NEW."external_id", NEW."home_cluster_id", NEW."id", NEW."is_remote", NEW."keywords", NEW."languages", NEW."levels", NEW."material", NEW."municipality", NEW."organisation_id", NEW."origin", NEW."outside", NEW."pay", NEW."permits", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publicity_accepted_at", NEW."published_at", NEW."questions", NEW."region_id", NEW."renewed_at", NEW."schedule", NEW."school_id", NEW."slug", NEW."split_from_id", NEW."stage", NEW."starts_on", NEW."student_id", NEW."summary_en", NEW."summary_sv", NEW."supervisor_id", NEW."title", NEW."title_en", NEW."title_sv", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='a26889dab88f40c2e88edec69dec71ed893537aa', operation='UPDATE', pgid='pgtrigger_update_update_dc3b4', table='theses_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "theses_topicevent" ("aim", "closes_on", "closing_reason", "contact_id", "contract", "created_at", "description", "external_id", "home_cluster_id", "id", "is_remote", "keywords", "languages", "levels", "material", "municipality", "organisation_id", "origin", "outside", "pay", "permits", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publicity_accepted_at", "published_at", "questions", "region_id", "renewed_at", "schedule", "school_id", "slug", "split_from_id", "stage", "starts_on", "student_id", "summary_en", "summary_sv", "supervisor_id", "title", "title_en", "title_sv", "updated_at", "version", "visibility") VALUES (OLD."aim", OLD."closes_on", OLD."closing_reason", OLD."contact_id", OLD."contract", OLD."created_at", OLD."description", OLD."external_id", OLD."home_cluster_id", OLD."id", OLD."is_remote", OLD."keywords", OLD."languages", OLD."levels", OLD."material", OLD."municipality", OLD."organisation_id", OLD."origin", OLD."outside", OLD."pay", OLD."permits", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publicity_accepted_at", OLD."published_at", OLD."questions", OLD."region_id", OLD."renewed_at", OLD."schedule", OLD."school_id", OLD."slug", OLD."split_from_id", OLD."stage", OLD."starts_on", OLD."student_id", OLD."summary_en", OLD."summary_sv", OLD."supervisor_id", OLD."title", OLD."title_en", OLD."title_sv", OLD."updated_at", OLD."version", OLD."visibility"); RETURN NULL;', hash='79c661c08824cca3267183690865073d05bfb233', operation='DELETE', pgid='pgtrigger_delete_delete_5fbf5', table='theses_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topictermevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2d6ce0872c0bc13bd7d74ddcf0a41949824b7ff9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9fa4', table='theses_topictermevent', when='BEFORE')),
            ),
        ]),
    ]
