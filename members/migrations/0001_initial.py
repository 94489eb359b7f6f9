import cluster_portal.core.search.fields
import cluster_portal.core.text.web_addresses
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import members.models.organisations
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('core', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CurrentMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'db_table': 'members_currentmember',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('first_name', models.CharField(max_length=100, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, default='', max_length=100, verbose_name='last name')),
                ('title', models.CharField(blank=True, default='', max_length=150, verbose_name='job title')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('is_staff', models.BooleanField(default=False, verbose_name='works in the administration')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.NullIf('last_name', models.Value('')), 'first_name')), models.Value('åäæøüéèëêûúáàâãšžčçñóòôõíì'), models.Value('äååöyeeeeuuaaaaszccnooooii'), function='translate'), output_field=models.CharField(db_collation='C', max_length=100))),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['sort_name', 'first_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('contact', 'Contact person'), ('representative', 'Representative'), ('deputy', 'Deputy representative'), ('member', 'Colleague')], default='member', max_length=20, verbose_name='role')),
                ('stage', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('ended', 'Ended')], default='requested', max_length=20, verbose_name='state')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('contact_taken_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='role of contact person taken away')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'affiliation',
                'verbose_name_plural': 'affiliations',
                'ordering': ['organisation', 'role', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Cluster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name_fi', models.CharField(max_length=200, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(max_length=200, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('founded', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='founded')),
                ('summary_fi', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in Finnish')),
                ('summary_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in English')),
                ('story_fi', models.TextField(blank=True, default='', verbose_name='story in Finnish')),
                ('story_sv', models.TextField(blank=True, default='', verbose_name='story in Swedish')),
                ('story_en', models.TextField(blank=True, default='', verbose_name='story in English')),
                ('contact_email', models.EmailField(blank=True, default='', max_length=254, verbose_name='contact address')),
                ('requires_agreement', models.BooleanField(default=False, help_text='An accepted member becomes active only when the agreement is dated.', verbose_name='membership needs a signed agreement')),
                ('reviews_topics', models.BooleanField(default=True, help_text='Otherwise a commissioner’s topic opens as soon as she sends it.', verbose_name='thesis topics are reviewed before they open')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region')),
            ],
            options={
                'verbose_name': 'cluster',
                'verbose_name_plural': 'clusters',
                'ordering': ['name_fi'],
            },
        ),
        migrations.CreateModel(
            name='ClusterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=60, verbose_name='address')),
                ('name_fi', models.CharField(max_length=200, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(max_length=200, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('founded', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='founded')),
                ('summary_fi', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in Finnish')),
                ('summary_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(blank=True, default='', max_length=300, verbose_name='summary in English')),
                ('story_fi', models.TextField(blank=True, default='', verbose_name='story in Finnish')),
                ('story_sv', models.TextField(blank=True, default='', verbose_name='story in Swedish')),
                ('story_en', models.TextField(blank=True, default='', verbose_name='story in English')),
                ('contact_email', models.EmailField(blank=True, default='', max_length=254, verbose_name='contact address')),
                ('requires_agreement', models.BooleanField(default=False, help_text='An accepted member becomes active only when the agreement is dated.', verbose_name='membership needs a signed agreement')),
                ('reviews_topics', models.BooleanField(default=True, help_text='Otherwise a commissioner’s topic opens as soon as she sends it.', verbose_name='thesis topics are reviewed before they open')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.cluster')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClusterMilestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('event', 'Event'), ('recognition', 'Recognition')], default='event', max_length=20, verbose_name='kind')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('text_fi', models.CharField(max_length=300, verbose_name='text in Finnish')),
                ('text_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='text in Swedish')),
                ('text_en', models.CharField(blank=True, default='', max_length=300, verbose_name='text in English')),
                ('source', models.CharField(blank=True, default='', max_length=300, verbose_name='source')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='members.cluster')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClusterMilestoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('event', 'Event'), ('recognition', 'Recognition')], default='event', max_length=20, verbose_name='kind')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('text_fi', models.CharField(max_length=300, verbose_name='text in Finnish')),
                ('text_sv', models.CharField(blank=True, default='', max_length=300, verbose_name='text in Swedish')),
                ('text_en', models.CharField(blank=True, default='', max_length=300, verbose_name='text in English')),
                ('source', models.CharField(blank=True, default='', max_length=300, verbose_name='source')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.clustermilestone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('target_id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('mailbox', models.CharField(max_length=254)),
                ('network', models.CharField(blank=True, default='', max_length=50)),
                ('message', models.TextField(verbose_name='message')),
                ('stage', models.CharField(choices=[('requested', 'Waits for the sender’s confirmation'), ('sent', 'Sent')], default='requested', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('sender', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'message through a page',
                'verbose_name_plural': 'messages through pages',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Coordinator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coordinators', to='members.cluster', verbose_name='cluster')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coordinatorships', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'coordinator',
                'verbose_name_plural': 'coordinators',
            },
        ),
        migrations.CreateModel(
            name='CoordinatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='cluster')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.coordinator')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoordinatorTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='from year')),
                ('to_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='to year')),
                ('is_current', models.BooleanField(default=False, verbose_name='carries the cluster now')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='members.cluster')),
            ],
            options={
                'verbose_name': 'coordinator term',
                'verbose_name_plural': 'coordinator terms',
                'ordering': ['is_current', models.OrderBy(models.F('from_year'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FailedSignIns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(blank=True, default='', max_length=64, verbose_name='account')),
                ('network', models.CharField(blank=True, default='', max_length=50, verbose_name='network')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures')),
                ('waits_until', models.DateTimeField(null=True, verbose_name='waits until')),
                ('forgotten_at', models.DateTimeField(verbose_name='forgotten at')),
            ],
            options={
                'verbose_name': 'failed sign-ins',
                'verbose_name_plural': 'failed sign-ins',
                'constraints': [models.UniqueConstraint(fields=('account', 'network'), name='members_failedsignins_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('in_review', 'Being handled'), ('more_information', 'More information asked'), ('accepted', 'Accepted, not yet in force'), ('rejected', 'Rejected'), ('active', 'Active'), ('ended', 'Ended'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20, verbose_name='state')),
                ('says_another', models.BooleanField(default=False, verbose_name='says that it is another organisation than the one of nearly the same name')),
                ('motive', models.TextField(blank=True, default='', max_length=3000, verbose_name='why you want to join')),
                ('expectations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('learning', 'A learning network across sectors'), ('projects', 'Joint research and development projects'), ('testing', 'An environment for research and experiments'), ('theses', 'Thesis cooperation'), ('brand', 'Visibility as part of the security ecosystem')], max_length=20), blank=True, default=list, size=None, verbose_name='expectations')),
                ('representative_name', models.CharField(blank=True, default='', max_length=200, verbose_name='representative')),
                ('representative_email', models.EmailField(blank=True, default='', max_length=254, verbose_name="representative's e-mail")),
                ('deputy_name', models.CharField(blank=True, default='', max_length=200, verbose_name='deputy')),
                ('deputy_email', models.EmailField(blank=True, default='', max_length=254, verbose_name="deputy's e-mail")),
                ('values_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='shared values accepted')),
                ('question', models.TextField(blank=True, default='', max_length=3000, verbose_name='what is asked')),
                ('answer', models.TextField(blank=True, default='', max_length=3000, verbose_name='answer')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='time of the decision')),
                ('decision_reason', models.TextField(blank=True, default='', max_length=3000, verbose_name='reason for the decision')),
                ('agreement_on', models.DateField(blank=True, null=True, verbose_name='agreement signed on')),
                ('since', models.DateField(blank=True, null=True, verbose_name='member since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='member until')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('applicant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='applications', to=settings.AUTH_USER_MODEL, verbose_name='applicant')),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.cluster', verbose_name='cluster')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decision made by')),
                ('interests', models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes of interest')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='private person')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships and applications',
                'ordering': ['submitted_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MembershipInterestsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('membership', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.membership')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('term', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=200, verbose_name='official name')),
                ('name_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='name in English')),
                ('short_name', models.CharField(blank=True, default='', max_length=40, verbose_name='short name')),
                ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Separated by commas. The organisation is found by them too.', size=None, verbose_name='former names')),
                ('kind', models.CharField(choices=[('university', 'University'), ('university_of_applied_sciences', 'University of applied sciences'), ('vocational_institution', 'Vocational or other educational institution'), ('research_institute', 'Research institute'), ('state_authority', 'State authority'), ('municipality', 'Municipality or city'), ('joint_municipal_authority', 'Joint municipal authority'), ('regional_council', 'Regional council'), ('wellbeing_services_county', 'Wellbeing services county'), ('company', 'Company'), ('development_company', 'Development company'), ('business_association', 'Business organisation'), ('association', 'Association or foundation'), ('foreign_other', 'Other or foreign organisation')], max_length=40, verbose_name='kind')),
                ('kind_is_proposed', models.BooleanField(default=False, help_text='Read from the name when the organisation was taken in; nobody has confirmed it.', verbose_name='kind is proposed')),
                ('sector', models.CharField(choices=[('education', 'Education'), ('research', 'Research'), ('public', 'Public authorities'), ('business', 'Business'), ('third', 'Third sector')], editable=False, max_length=20, verbose_name='sector')),
                ('size_class', models.CharField(blank=True, choices=[('micro', 'Micro (under 10 people)'), ('small', 'Small (under 50)'), ('medium', 'Medium-sized (under 250)'), ('large', 'Large')], default='', max_length=10, verbose_name='size class')),
                ('business_id', models.CharField(blank=True, default='', help_text="For example 0827616-7. Optional; units may share their parent's.", max_length=20, validators=[members.models.organisations.validate_business_id], verbose_name='Business ID')),
                ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                ('website', models.URLField(blank=True, default='', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='website')),
                ('email_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text='Colleagues with an address in these domains may ask to join, separated by commas.', size=None, verbose_name='e-mail domains')),
                ('description', models.TextField(blank=True, default='', verbose_name='description')),
                ('merged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='merged into its successor')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('is_shadow', models.BooleanField(default=False, help_text='The organisation itself has not yet claimed this profile.', verbose_name='made by a coordinator')),
                ('is_brought', models.BooleanField(default=False, editable=False, verbose_name='brought by an application')),
                ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                ('external_id', models.CharField(blank=True, default='', max_length=80, verbose_name='external id')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed on')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower('name'), models.Value('åäæøüéèëêûúáàâãšžčçñóòôõíì'), models.Value('äååöyeeeeuuaaaaszccnooooii'), function='translate'), output_field=models.CharField(db_collation='C', max_length=200))),
                ('name_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, editable=False, size=None)),
                ('brought_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applicant who brought it')),
                ('clusters', models.ManyToManyField(editable=False, related_name='organisations', through='members.CurrentMember', to='members.cluster', verbose_name='clusters')),
                ('introduced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='introduced', to='members.cluster', verbose_name='brought in by')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='members.organisation', verbose_name='parent organisation')),
                ('region', models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='members.organisation', verbose_name='successor')),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('in_review', 'Being handled'), ('more_information', 'More information asked'), ('accepted', 'Accepted, not yet in force'), ('rejected', 'Rejected'), ('active', 'Active'), ('ended', 'Ended'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20, verbose_name='state')),
                ('says_another', models.BooleanField(default=False, verbose_name='says that it is another organisation than the one of nearly the same name')),
                ('motive', models.TextField(blank=True, default='', max_length=3000, verbose_name='why you want to join')),
                ('expectations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('learning', 'A learning network across sectors'), ('projects', 'Joint research and development projects'), ('testing', 'An environment for research and experiments'), ('theses', 'Thesis cooperation'), ('brand', 'Visibility as part of the security ecosystem')], max_length=20), blank=True, default=list, size=None, verbose_name='expectations')),
                ('representative_name', models.CharField(blank=True, default='', max_length=200, verbose_name='representative')),
                ('representative_email', models.EmailField(blank=True, default='', max_length=254, verbose_name="representative's e-mail")),
                ('deputy_name', models.CharField(blank=True, default='', max_length=200, verbose_name='deputy')),
                ('deputy_email', models.EmailField(blank=True, default='', max_length=254, verbose_name="deputy's e-mail")),
                ('values_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='shared values accepted')),
                ('question', models.TextField(blank=True, default='', max_length=3000, verbose_name='what is asked')),
                ('answer', models.TextField(blank=True, default='', max_length=3000, verbose_name='answer')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='time of the decision')),
                ('decision_reason', models.TextField(blank=True, default='', max_length=3000, verbose_name='reason for the decision')),
                ('agreement_on', models.DateField(blank=True, null=True, verbose_name='agreement signed on')),
                ('since', models.DateField(blank=True, null=True, verbose_name='member since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='member until')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('applicant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applicant')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='cluster')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decision made by')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='private person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.membership')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.CreateModel(
            name='CoordinatorTermEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='from year')),
                ('to_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='to year')),
                ('is_current', models.BooleanField(default=False, verbose_name='carries the cluster now')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.coordinatorterm')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='coordinatorterm',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinator_terms', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.CreateModel(
            name='AffiliationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('role', models.CharField(choices=[('contact', 'Contact person'), ('representative', 'Representative'), ('deputy', 'Deputy representative'), ('member', 'Colleague')], default='member', max_length=20, verbose_name='role')),
                ('stage', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('ended', 'Ended')], default='requested', max_length=20, verbose_name='state')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('contact_taken_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='role of contact person taken away')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.affiliation')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='affiliation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=80, verbose_name='address')),
                ('name', models.CharField(max_length=200, verbose_name='official name')),
                ('name_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, verbose_name='name in English')),
                ('short_name', models.CharField(blank=True, default='', max_length=40, verbose_name='short name')),
                ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Separated by commas. The organisation is found by them too.', size=None, verbose_name='former names')),
                ('kind', models.CharField(choices=[('university', 'University'), ('university_of_applied_sciences', 'University of applied sciences'), ('vocational_institution', 'Vocational or other educational institution'), ('research_institute', 'Research institute'), ('state_authority', 'State authority'), ('municipality', 'Municipality or city'), ('joint_municipal_authority', 'Joint municipal authority'), ('regional_council', 'Regional council'), ('wellbeing_services_county', 'Wellbeing services county'), ('company', 'Company'), ('development_company', 'Development company'), ('business_association', 'Business organisation'), ('association', 'Association or foundation'), ('foreign_other', 'Other or foreign organisation')], max_length=40, verbose_name='kind')),
                ('kind_is_proposed', models.BooleanField(default=False, help_text='Read from the name when the organisation was taken in; nobody has confirmed it.', verbose_name='kind is proposed')),
                ('sector', models.CharField(choices=[('education', 'Education'), ('research', 'Research'), ('public', 'Public authorities'), ('business', 'Business'), ('third', 'Third sector')], editable=False, max_length=20, verbose_name='sector')),
                ('size_class', models.CharField(blank=True, choices=[('micro', 'Micro (under 10 people)'), ('small', 'Small (under 50)'), ('medium', 'Medium-sized (under 250)'), ('large', 'Large')], default='', max_length=10, verbose_name='size class')),
                ('business_id', models.CharField(blank=True, default='', help_text="For example 0827616-7. Optional; units may share their parent's.", max_length=20, validators=[members.models.organisations.validate_business_id], verbose_name='Business ID')),
                ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                ('website', models.URLField(blank=True, default='', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='website')),
                ('email_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text='Colleagues with an address in these domains may ask to join, separated by commas.', size=None, verbose_name='e-mail domains')),
                ('description', models.TextField(blank=True, default='', verbose_name='description')),
                ('merged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='merged into its successor')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('is_shadow', models.BooleanField(default=False, help_text='The organisation itself has not yet claimed this profile.', verbose_name='made by a coordinator')),
                ('is_brought', models.BooleanField(default=False, editable=False, verbose_name='brought by an application')),
                ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                ('external_id', models.CharField(blank=True, default='', max_length=80, verbose_name='external id')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed on')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('brought_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='applicant who brought it')),
                ('introduced_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='brought in by')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='parent organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.organisation')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='successor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrganisationTermsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('organisation', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('term', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('first_name', models.CharField(max_length=100, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, default='', max_length=100, verbose_name='last name')),
                ('title', models.CharField(blank=True, default='', max_length=150, verbose_name='job title')),
                ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', max_length=2, verbose_name='language')),
                ('is_staff', models.BooleanField(default=False, verbose_name='works in the administration')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        Together([
            migrations.AddConstraint(
                model_name='user',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='members_user_email_once'),
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(('language__in', ['fi', 'sv', 'en'])), name='members_user_language_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_userevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='e69e3b5d3bb3e2739db4fff84ba55a6b17c07ee7', operation='INSERT', pgid='pgtrigger_insert_insert_ad80e', table='members_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "members_userevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='6e248d7447fb44212a4ce864d8bf1b89545b79d8', operation='UPDATE', pgid='pgtrigger_update_update_3d12e', table='members_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_userevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."language", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='e2144a6ea2d945e8b2fd0f596392994409d8e5eb', operation='DELETE', pgid='pgtrigger_delete_delete_d335d', table='members_user', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='cluster',
                constraint=models.CheckConstraint(condition=models.Q(('founded__range', (1900, 2100))), name='members_cluster_founded_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cluster',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_clusterevent" ("contact_email", "founded", "id", "name_en", "name_fi", "name_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requires_agreement", "reviews_topics", "slug", "story_en", "story_fi", "story_sv", "summary_en", "summary_fi", "summary_sv") VALUES (NEW."contact_email", NEW."founded", NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."requires_agreement", NEW."reviews_topics", NEW."slug", NEW."story_en", NEW."story_fi", NEW."story_sv", NEW."summary_en", NEW."summary_fi", NEW."summary_sv"); RETURN NULL;', hash='6aa891f2e36a0ad046b67ea5bed9cf65076dd44f', operation='INSERT', pgid='pgtrigger_insert_insert_26cbf', table='members_cluster', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cluster',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_clusterevent" ("contact_email", "founded", "id", "name_en", "name_fi", "name_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requires_agreement", "reviews_topics", "slug", "story_en", "story_fi", "story_sv", "summary_en", "summary_fi", "summary_sv") VALUES (NEW."contact_email", NEW."founded", NEW."id", NEW."name_en", NEW."name_fi", NEW."name_sv", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."requires_agreement", NEW."reviews_topics", NEW."slug", NEW."story_en", NEW."story_fi", NEW."story_sv", NEW."summary_en", NEW."summary_fi", NEW."summary_sv"); RETURN NULL;', hash='375f145c72071441fbd375911acca93eca40e17c', operation='UPDATE', pgid='pgtrigger_update_update_a59d8', table='members_cluster', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cluster',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_clusterevent" ("contact_email", "founded", "id", "name_en", "name_fi", "name_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "requires_agreement", "reviews_topics", "slug", "story_en", "story_fi", "story_sv", "summary_en", "summary_fi", "summary_sv") VALUES (OLD."contact_email", OLD."founded", OLD."id", OLD."name_en", OLD."name_fi", OLD."name_sv", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."requires_agreement", OLD."reviews_topics", OLD."slug", OLD."story_en", OLD."story_fi", OLD."story_sv", OLD."summary_en", OLD."summary_fi", OLD."summary_sv"); RETURN NULL;', hash='ff6e0b0ec54b4cc043361313c1dd79a6a353119c', operation='DELETE', pgid='pgtrigger_delete_delete_a3e30', table='members_cluster', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='clusterevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='d32f2f9e35e11816456362c43a9a3a53c13cc7d5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_441c4', table='members_clusterevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='clustermilestone',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['event', 'recognition'])), name='members_milestone_kind_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='clustermilestone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_clustermilestoneevent" ("cluster_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text_en", "text_fi", "text_sv", "year") VALUES (NEW."cluster_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."year"); RETURN NULL;', hash='e2b84f6ef1b15309317ccc2bb7a669bea1a365c7', operation='INSERT', pgid='pgtrigger_insert_insert_ede1d', table='members_clustermilestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='clustermilestone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_clustermilestoneevent" ("cluster_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text_en", "text_fi", "text_sv", "year") VALUES (NEW."cluster_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."year"); RETURN NULL;', hash='1817bd626351d3de8c8a9cbbee4f43ab3deaf4dd', operation='UPDATE', pgid='pgtrigger_update_update_ed752', table='members_clustermilestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='clustermilestone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_clustermilestoneevent" ("cluster_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "text_en", "text_fi", "text_sv", "year") VALUES (OLD."cluster_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."text_en", OLD."text_fi", OLD."text_sv", OLD."year"); RETURN NULL;', hash='a648fc9fba0daf6ca1bca1fa100742c111b9ee13', operation='DELETE', pgid='pgtrigger_delete_delete_6f69a', table='members_clustermilestone', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='clustermilestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7597af7e9501e86445c47837c68c18f87eba3247', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6db97', table='members_clustermilestoneevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='contactmessage',
                index=models.Index(fields=['created_at'], name='members_contact_by_time'),
            ),
            migrations.AddConstraint(
                model_name='contactmessage',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['requested', 'sent'])), name='members_contactmessage_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='contactmessage',
                constraint=models.CheckConstraint(condition=models.Q(('sender__isnull', True), ('stage', 'sent'), _connector='OR'), name='members_contactmessage_only_guests_confirm'),
            ),
            migrations.AddConstraint(
                model_name='coordinator',
                constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since')), ('until__isnull', True), ('since__isnull', True), _connector='OR'), name='members_coordinator_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='coordinator',
                constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user', 'cluster'), name='members_coordinator_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinator',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_coordinatorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "user_id") VALUES (NEW."cluster_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;', hash='2c215f08088d9a59c5014cac33f338cf9ca84a58', operation='INSERT', pgid='pgtrigger_insert_insert_671be', table='members_coordinator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinator',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_coordinatorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "user_id") VALUES (NEW."cluster_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;', hash='ec9e10e1b8b4e25074e7825864bcadadff0e602e', operation='UPDATE', pgid='pgtrigger_update_update_392ee', table='members_coordinator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinator',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_coordinatorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "user_id") VALUES (OLD."cluster_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;', hash='53937675f481056b07a9fba7831bbc065c6d8abf', operation='DELETE', pgid='pgtrigger_delete_delete_38a38', table='members_coordinator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinatorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='957a531299ff9cd637eb537e51330f69960a0512', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60716', table='members_coordinatorevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='membershipinterestsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a741e60f1349362b349a22c219e36c0ec497850c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7c781', table='members_membershipinterestsevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='organisation',
                index=models.Index(fields=['sort_name', 'id'], name='members_org_by_name'),
            ),
            migrations.AddIndex(
                model_name='organisation',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='members_org_search'),
            ),
            migrations.AddIndex(
                model_name='organisation',
                index=django.contrib.postgres.indexes.GinIndex(fields=['name_keys'], name='members_org_by_name_keys'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['university', 'university_of_applied_sciences', 'vocational_institution', 'research_institute', 'state_authority', 'municipality', 'joint_municipal_authority', 'regional_council', 'wellbeing_services_county', 'company', 'development_company', 'business_association', 'association', 'foreign_other'])), name='members_organisation_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('sector__in', ['education', 'research', 'public', 'business', 'third'])), name='members_organisation_sector_known'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='members_organisation_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from')), ('valid_until__isnull', True), ('valid_from__isnull', True), _connector='OR'), name='members_organisation_validity_in_order'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='members_organisation_external_id_once'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('brought_by__isnull', True), ('is_brought', True), _connector='OR'), name='members_organisation_brought_by_an_application'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('merged_at__isnull', True), ('successor__isnull', False), _connector='OR'), name='members_organisation_merged_into_another'),
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='members_organisation_not_its_own_successor'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_organisationevent" ("brought_by_id", "business_id", "confirmed_on", "created_at", "description", "email_domains", "external_id", "former_names", "id", "introduced_by_id", "is_brought", "is_shadow", "kind", "kind_is_proposed", "merged_at", "municipality", "name", "name_en", "name_sv", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "sector", "short_name", "size_class", "slug", "successor_id", "updated_at", "valid_from", "valid_until", "visibility", "website") VALUES (NEW."brought_by_id", NEW."business_id", NEW."confirmed_on", NEW."created_at", NEW."description", NEW."email_domains", NEW."external_id", NEW."former_names", NEW."id", NEW."introduced_by_id", NEW."is_brought", NEW."is_shadow", NEW."kind", NEW."kind_is_proposed", NEW."merged_at", NEW."municipality", NEW."name", NEW."name_en", NEW."name_sv", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."sector", NEW."short_name", NEW."size_class", NEW."slug", NEW."successor_id", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."visibility", NEW."website"); RETURN NULL;', hash='ac442eef0c88b6b59f2e7bf35bc35c858421f1f0', operation='INSERT', pgid='pgtrigger_insert_insert_d68e8', table='members_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."brought_by_id" IS DISTINCT FROM (NEW."brought_by_id") OR OLD."business_id" IS DISTINCT FROM (NEW."business_id") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."email_domains" IS DISTINCT FROM (NEW."email_domains") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."former_names" IS DISTINCT FROM (NEW."former_names") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."introduced_by_id" IS DISTINCT FROM (NEW."introduced_by_id") OR OLD."is_brought" IS DISTINCT FROM (NEW."is_brought") OR OLD."is_shadow" IS DISTINCT FROM (NEW."is_shadow") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."kind_is_proposed" IS DISTINCT FROM (NEW."kind_is_proposed") OR OLD."merged_at" IS DISTINCT FROM (NEW."merged_at") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_sv" IS DISTINCT FROM (NEW."name_sv") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."size_class" IS DISTINCT FROM (NEW."size_class") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "members_organisationevent" ("brought_by_id", "business_id", "confirmed_on", "created_at", "description", "email_domains", "external_id", "former_names", "id", "introduced_by_id", "is_brought", "is_shadow", "kind", "kind_is_proposed", "merged_at", "municipality", "name", "name_en", "name_sv", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "sector", "short_name", "size_class", "slug", "successor_id", "updated_at", "valid_from", "valid_until", "visibility", "website") VALUES (NEW."brought_by_id", NEW."business_id", NEW."confirmed_on", NEW."created_at", NEW."description", NEW."email_domains", NEW."external_id", NEW."former_names", NEW."id", NEW."introduced_by_id", NEW."is_brought", NEW."is_shadow", NEW."kind", NEW."kind_is_proposed", NEW."merged_at", NEW."municipality", NEW."name", NEW."name_en", NEW."name_sv", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."sector", NEW."short_name", NEW."size_class", NEW."slug", NEW."successor_id", NEW."updated_at", NEW."valid_from", NEW."valid_until", NEW."visibility", NEW."website"); RETURN NULL;', hash='4205fbdd18f2bfb3d34c2792a143b61077b8c0a8', operation='UPDATE', pgid='pgtrigger_update_update_f4b2a', table='members_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_organisationevent" ("brought_by_id", "business_id", "confirmed_on", "created_at", "description", "email_domains", "external_id", "former_names", "id", "introduced_by_id", "is_brought", "is_shadow", "kind", "kind_is_proposed", "merged_at", "municipality", "name", "name_en", "name_sv", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "sector", "short_name", "size_class", "slug", "successor_id", "updated_at", "valid_from", "valid_until", "visibility", "website") VALUES (OLD."brought_by_id", OLD."business_id", OLD."confirmed_on", OLD."created_at", OLD."description", OLD."email_domains", OLD."external_id", OLD."former_names", OLD."id", OLD."introduced_by_id", OLD."is_brought", OLD."is_shadow", OLD."kind", OLD."kind_is_proposed", OLD."merged_at", OLD."municipality", OLD."name", OLD."name_en", OLD."name_sv", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."sector", OLD."short_name", OLD."size_class", OLD."slug", OLD."successor_id", OLD."updated_at", OLD."valid_from", OLD."valid_until", OLD."visibility", OLD."website"); RETURN NULL;', hash='e056ef66d6aafddc35c2033946bf8a9444a65a42', operation='DELETE', pgid='pgtrigger_delete_delete_5a0df', table='members_organisation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='membershipevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6bf383903c900f6b18514645aae3738e350dd3f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6dbe4', table='members_membershipevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'submitted', 'in_review', 'more_information', 'accepted', 'rejected', 'active', 'ended', 'withdrawn'])), name='members_membership_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='members_membership_decision_whole'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since')), ('until__isnull', True), ('since__isnull', True), _connector='OR'), name='members_membership_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='members_membership_organisation_or_person'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'rejected'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='members_membership_rejection_reasoned'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['active', 'ended']), _negated=True), ('since__isnull', False), _connector='OR'), name='members_membership_active_since_a_day'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['accepted', 'active', 'in_review', 'more_information', 'submitted'])), fields=('cluster', 'organisation'), name='members_membership_organisation_once'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['accepted', 'active', 'draft', 'in_review', 'more_information', 'submitted'])), fields=('cluster', 'person'), name='members_membership_person_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_membershipevent" ("agreement_on", "answer", "applicant_id", "cluster_id", "created_at", "decided_at", "decided_by_id", "decision_reason", "deputy_email", "deputy_name", "expectations", "id", "motive", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "representative_email", "representative_name", "says_another", "since", "stage", "submitted_at", "until", "updated_at", "values_accepted_at") VALUES (NEW."agreement_on", NEW."answer", NEW."applicant_id", NEW."cluster_id", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."deputy_email", NEW."deputy_name", NEW."expectations", NEW."id", NEW."motive", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."question", NEW."representative_email", NEW."representative_name", NEW."says_another", NEW."since", NEW."stage", NEW."submitted_at", NEW."until", NEW."updated_at", NEW."values_accepted_at"); RETURN NULL;', hash='c6578c748b10b092a667502c55bc142a5581265b', operation='INSERT', pgid='pgtrigger_insert_insert_20243', table='members_membership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_membershipevent" ("agreement_on", "answer", "applicant_id", "cluster_id", "created_at", "decided_at", "decided_by_id", "decision_reason", "deputy_email", "deputy_name", "expectations", "id", "motive", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "representative_email", "representative_name", "says_another", "since", "stage", "submitted_at", "until", "updated_at", "values_accepted_at") VALUES (NEW."agreement_on", NEW."answer", NEW."applicant_id", NEW."cluster_id", NEW."created_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."deputy_email", NEW."deputy_name", NEW."expectations", NEW."id", NEW."motive", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."question", NEW."representative_email", NEW."representative_name", NEW."says_another", NEW."since", NEW."stage", NEW."submitted_at", NEW."until", NEW."updated_at", NEW."values_accepted_at"); RETURN NULL;', hash='f690bc407230877e730623d7dcd876ffe8b53a9c', operation='UPDATE', pgid='pgtrigger_update_update_f5071', table='members_membership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_membershipevent" ("agreement_on", "answer", "applicant_id", "cluster_id", "created_at", "decided_at", "decided_by_id", "decision_reason", "deputy_email", "deputy_name", "expectations", "id", "motive", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "representative_email", "representative_name", "says_another", "since", "stage", "submitted_at", "until", "updated_at", "values_accepted_at") VALUES (OLD."agreement_on", OLD."answer", OLD."applicant_id", OLD."cluster_id", OLD."created_at", OLD."decided_at", OLD."decided_by_id", OLD."decision_reason", OLD."deputy_email", OLD."deputy_name", OLD."expectations", OLD."id", OLD."motive", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."question", OLD."representative_email", OLD."representative_name", OLD."says_another", OLD."since", OLD."stage", OLD."submitted_at", OLD."until", OLD."updated_at", OLD."values_accepted_at"); RETURN NULL;', hash='6f638715554dc2ecf39de782ab99aec28a86b19a', operation='DELETE', pgid='pgtrigger_delete_delete_84b9f', table='members_membership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinatortermevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6799cfb2f3629f9cf021d7dd1dc450b3030912a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_079e0', table='members_coordinatortermevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='coordinatorterm',
                constraint=models.CheckConstraint(condition=models.Q(('to_year__gte', models.F('from_year')), ('to_year__isnull', True), ('from_year__isnull', True), _connector='OR'), name='members_coordinatorterm_years_in_order'),
            ),
            migrations.AddConstraint(
                model_name='coordinatorterm',
                constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('cluster',), name='members_coordinatorterm_one_current'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinatorterm',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_coordinatortermevent" ("checked_on", "cluster_id", "from_year", "id", "is_current", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_year") VALUES (NEW."checked_on", NEW."cluster_id", NEW."from_year", NEW."id", NEW."is_current", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."to_year"); RETURN NULL;', hash='594311a14221e4c429afab19e34b0ea5a015214f', operation='INSERT', pgid='pgtrigger_insert_insert_42709', table='members_coordinatorterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinatorterm',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_coordinatortermevent" ("checked_on", "cluster_id", "from_year", "id", "is_current", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_year") VALUES (NEW."checked_on", NEW."cluster_id", NEW."from_year", NEW."id", NEW."is_current", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."to_year"); RETURN NULL;', hash='9a0d6c9af9ef72d3c06b704f3279280f0b147d7a', operation='UPDATE', pgid='pgtrigger_update_update_3a2ce', table='members_coordinatorterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='coordinatorterm',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_coordinatortermevent" ("checked_on", "cluster_id", "from_year", "id", "is_current", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "to_year") VALUES (OLD."checked_on", OLD."cluster_id", OLD."from_year", OLD."id", OLD."is_current", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."to_year"); RETURN NULL;', hash='58000d21595de07deacc6d4aa812fbaef968d816', operation='DELETE', pgid='pgtrigger_delete_delete_422c9', table='members_coordinatorterm', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='affiliationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='93ec6aab81c83bf189e966fa8d9c15b3ca2870ce', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6a1bb', table='members_affiliationevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='affiliation',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['contact', 'representative', 'deputy', 'member'])), name='members_affiliation_role_known'),
            ),
            migrations.AddConstraint(
                model_name='affiliation',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['requested', 'confirmed', 'declined', 'ended'])), name='members_affiliation_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='affiliation',
                constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since')), ('until__isnull', True), ('since__isnull', True), _connector='OR'), name='members_affiliation_days_in_order'),
            ),
            migrations.AddConstraint(
                model_name='affiliation',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['requested', 'confirmed'])), fields=('user', 'organisation'), name='members_affiliation_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='affiliation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_affiliationevent" ("contact_taken_at", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "stage", "until", "user_id") VALUES (NEW."contact_taken_at", NEW."created_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."since", NEW."stage", NEW."until", NEW."user_id"); RETURN NULL;', hash='ceda49e70f0230f6515674836d4cf3a2b1bffc86', operation='INSERT', pgid='pgtrigger_insert_insert_c4b1b', table='members_affiliation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='affiliation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_affiliationevent" ("contact_taken_at", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "stage", "until", "user_id") VALUES (NEW."contact_taken_at", NEW."created_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."since", NEW."stage", NEW."until", NEW."user_id"); RETURN NULL;', hash='36e082e44064b784c48f1d661d79e1ac15f6b3c0', operation='UPDATE', pgid='pgtrigger_update_update_bb9a8', table='members_affiliation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='affiliation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_affiliationevent" ("contact_taken_at", "created_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "since", "stage", "until", "user_id") VALUES (OLD."contact_taken_at", OLD."created_at", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."since", OLD."stage", OLD."until", OLD."user_id"); RETURN NULL;', hash='87b1d85b0c75e16ed361a0b3fa88204864c13aa3', operation='DELETE', pgid='pgtrigger_delete_delete_e1c68', table='members_affiliation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3ab33df51bce35db94da676424dbd8e9e9d0cdec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02a5d', table='members_organisationevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='organisationtermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ce77c745c1eb7b232f409ec82a852408a26142bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cdbcb', table='members_organisationtermsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='userevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4c509b37e4fe9e470c9c2e4839e3c9ed86fc6916', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ec1d', table='members_userevent', when='BEFORE')),
            ),
        ]),
    ]
