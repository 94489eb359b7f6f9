import django.core.validators
import uuid
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        Together([
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='time')),
                    ('action', models.CharField(max_length=60, verbose_name='action')),
                    ('reason', models.TextField(blank=True, default='', verbose_name='reason')),
                    ('details', models.JSONField(blank=True, default=dict, verbose_name='details')),
                    ('object_id', models.BigIntegerField()),
                ],
                options={
                    'verbose_name': 'audit entry',
                    'verbose_name_plural': 'audit entries',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='ConceptAddition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='The name of a concept that exists adds to it; another name makes a new one.', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Use small letters a–z, digits and underscores.')], verbose_name='name of the concept')),
                    ('fi', models.TextField(blank=True, default='', help_text='Divided by commas. “tele*” fits any word that begins so, “*brand” any that ends so.', max_length=2000, verbose_name='in Finnish')),
                    ('sv', models.TextField(blank=True, default='', max_length=2000, verbose_name='in Swedish')),
                    ('en', models.TextField(blank=True, default='', max_length=2000, verbose_name='in English')),
                    ('near', models.CharField(blank=True, default='', help_text='Names divided by spaces: who is interested in one may like the other too.', max_length=500, verbose_name='related concepts')),
                    ('is_broad', models.BooleanField(default=False, help_text='Said of so many things that it is no reason by itself why two of them fit.', verbose_name='broad')),
                ],
                options={
                    'verbose_name': 'addition to the concepts',
                    'verbose_name_plural': 'additions to the concepts',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='ImportedCells',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_id', models.BigIntegerField()),
                    ('cells', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='ImportJob',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('importer', models.CharField(max_length=80)),
                    ('data', models.BinaryField()),
                    ('options', models.JSONField(default=dict)),
                    ('decisions', models.JSONField(default=dict)),
                    ('is_real', models.BooleanField(default=False)),
                    ('stage', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                    ('report', models.JSONField(null=True)),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
            ),
            migrations.CreateModel(
                name='MatchFeatures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_id', models.PositiveBigIntegerField()),
                    ('weights', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='Refusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(choices=[('sign_in', 'Signing in failed'), ('second_factor', 'The second factor failed'), ('not_shown', 'Tried to open what the account may not see'), ('forbidden', 'Tried what the account may not do'), ('too_many', 'Too many attempts')], max_length=20, verbose_name='action')),
                    ('network', models.CharField(blank=True, default='', max_length=50, verbose_name='network')),
                    ('hour', models.DateTimeField(verbose_name='hour')),
                    ('count', models.PositiveIntegerField(default=1, verbose_name='count')),
                    ('object_id', models.BigIntegerField(null=True)),
                ],
                options={
                    'verbose_name': 'refusal',
                    'verbose_name_plural': 'failures and refusals',
                    'ordering': ['-hour', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='SearchState',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=100, unique=True)),
                    ('analyser', models.CharField(max_length=60)),
                    ('written_at', models.DateTimeField(auto_now=True)),
                ],
            ),
            migrations.CreateModel(
                name='SearchWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('word', models.CharField(max_length=60)),
                    ('folded', models.CharField(max_length=60)),
                    ('documents', models.PositiveIntegerField(default=1)),
                ],
            ),
            migrations.CreateModel(
                name='Term',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scheme', models.CharField(choices=[('region', 'Region'), ('education_field', 'Field of education'), ('vital_function', 'Vital function of society'), ('critical_sector', 'Critical sector'), ('supply_pool', 'Sector of security of supply'), ('security_task', 'Security task'), ('dual_use', 'Dual-use category'), ('smart_specialisation', 'Smart specialisation'), ('trl', 'Technology readiness level'), ('decision_level', 'Decision level'), ('att_theme', 'Theme of regional security'), ('sdg', 'Sustainable development goal')], max_length=30, verbose_name='scheme')),
                    ('code', models.CharField(max_length=60, verbose_name='code')),
                    ('label_fi', models.CharField(max_length=200, verbose_name='label in Finnish')),
                    ('label_sv', models.CharField(max_length=200, verbose_name='label in Swedish')),
                    ('label_en', models.CharField(max_length=200, verbose_name='label in English')),
                    ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ],
                options={
                    'verbose_name': 'term',
                    'verbose_name_plural': 'terms',
                    'ordering': ['scheme', 'position', 'code'],
                },
            ),
        ]),
    ]
