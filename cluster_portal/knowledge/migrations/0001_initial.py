import cluster_portal.core.search.fields
import cluster_portal.core.text.web_addresses
import cluster_portal.knowledge.models.articles
import django.contrib.postgres.fields
import uuid
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Article',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('shows_author', models.BooleanField(default=True, verbose_name='the author’s name is shown')),
                    ('slug', models.SlugField(max_length=100, unique=True, validators=[cluster_portal.knowledge.models.articles.refuse_reserved], verbose_name='address')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('scheduled', 'Waits for its moment'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=20, verbose_name='state')),
                    ('kind', models.CharField(choices=[('news', 'News'), ('publication', 'Publication'), ('guide', 'Guide'), ('story', 'Success story'), ('argument', 'Argument with evidence'), ('recording', 'Recording'), ('reading', 'Reading list')], default='news', max_length=20, verbose_name='kind')),
                    ('title_fi', models.CharField(max_length=160, verbose_name='title in Finnish')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=160, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=160, verbose_name='title in English')),
                    ('summary_fi', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in Finnish')),
                    ('summary_sv', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in Swedish')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in English')),
                    ('body_fi', models.TextField(blank=True, default='', help_text='Markdown.', max_length=20000, verbose_name='text in Finnish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in Swedish')),
                    ('body_en', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in English')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), blank=True, default=list, editable=False, size=None, verbose_name='languages')),
                    ('link', models.URLField(blank=True, default='', help_text='Where the recording or the whole publication is.', max_length=500, validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='link')),
                    ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('education', 'Education'), ('research', 'Research'), ('public', 'Public authorities'), ('business', 'Business'), ('third', 'Third sector')], max_length=20), blank=True, default=list, size=None, verbose_name='sectors')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Nothing is shown before this moment. Empty: at once.', null=True, verbose_name='to be published')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                    ('answer', models.TextField(blank=True, default='', editable=False, max_length=2000, verbose_name='what was asked for')),
                ],
                options={
                    'verbose_name': 'article',
                    'verbose_name_plural': 'articles',
                    'ordering': ['-published_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='ArticleEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('title', models.CharField(max_length=200, verbose_name='title or source')),
                    ('url', models.URLField(blank=True, default='', max_length=500, validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='address')),
                    ('text', models.TextField(blank=True, default='', max_length=600, verbose_name='what it says, or why to read it')),
                ],
                options={
                    'verbose_name': 'entry of an article',
                    'verbose_name_plural': 'entries of articles',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ArticleEntryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('title', models.CharField(max_length=200, verbose_name='title or source')),
                    ('url', models.URLField(blank=True, default='', max_length=500, validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='address')),
                    ('text', models.TextField(blank=True, default='', max_length=600, verbose_name='what it says, or why to read it')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ArticleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('shows_author', models.BooleanField(default=True, verbose_name='the author’s name is shown')),
                    ('slug', models.SlugField(db_index=False, max_length=100, validators=[cluster_portal.knowledge.models.articles.refuse_reserved], verbose_name='address')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('scheduled', 'Waits for its moment'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=20, verbose_name='state')),
                    ('kind', models.CharField(choices=[('news', 'News'), ('publication', 'Publication'), ('guide', 'Guide'), ('story', 'Success story'), ('argument', 'Argument with evidence'), ('recording', 'Recording'), ('reading', 'Reading list')], default='news', max_length=20, verbose_name='kind')),
                    ('title_fi', models.CharField(max_length=160, verbose_name='title in Finnish')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=160, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=160, verbose_name='title in English')),
                    ('summary_fi', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in Finnish')),
                    ('summary_sv', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in Swedish')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=400, verbose_name='summary in English')),
                    ('body_fi', models.TextField(blank=True, default='', help_text='Markdown.', max_length=20000, verbose_name='text in Finnish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in Swedish')),
                    ('body_en', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in English')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], max_length=2), blank=True, default=list, editable=False, size=None, verbose_name='languages')),
                    ('link', models.URLField(blank=True, default='', help_text='Where the recording or the whole publication is.', max_length=500, validators=[cluster_portal.core.text.web_addresses.BeginsWith('https', 'http')], verbose_name='link')),
                    ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('education', 'Education'), ('research', 'Research'), ('public', 'Public authorities'), ('business', 'Business'), ('third', 'Third sector')], max_length=20), blank=True, default=list, size=None, verbose_name='sectors')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Nothing is shown before this moment. Empty: at once.', null=True, verbose_name='to be published')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                    ('answer', models.TextField(blank=True, default='', editable=False, max_length=2000, verbose_name='what was asked for')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ArticleFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=150, verbose_name='name of the file')),
                    ('file', models.FileField(max_length=200, upload_to='', verbose_name='file')),
                    ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'file of an article',
                    'verbose_name_plural': 'files of articles',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ArticleFileEvent',
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
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ArticlePicture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('stored', models.CharField(editable=False, max_length=120, verbose_name='file')),
                    ('is_cover', models.BooleanField(default=False, verbose_name='cover')),
                    ('alt_fi', models.CharField(max_length=250, verbose_name='what the picture shows, in Finnish')),
                    ('alt_sv', models.CharField(blank=True, default='', max_length=250, verbose_name='what the picture shows, in Swedish')),
                    ('alt_en', models.CharField(blank=True, default='', max_length=250, verbose_name='what the picture shows, in English')),
                    ('licence', models.CharField(choices=[('own', 'Our own picture'), ('cc0', 'CC0 1.0'), ('by', 'CC BY 4.0'), ('by_sa', 'CC BY-SA 4.0'), ('permission', 'By permission of the photographer'), ('generated', 'Made with a program')], max_length=20, verbose_name='licence')),
                    ('credit', models.CharField(max_length=150, verbose_name='picture by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'picture of an article',
                    'verbose_name_plural': 'pictures of articles',
                    'ordering': ['-is_cover', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ArticlePictureEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('stored', models.CharField(editable=False, max_length=120, verbose_name='file')),
                    ('is_cover', models.BooleanField(default=False, verbose_name='cover')),
                    ('alt_fi', models.CharField(max_length=250, verbose_name='what the picture shows, in Finnish')),
                    ('alt_sv', models.CharField(blank=True, default='', max_length=250, verbose_name='what the picture shows, in Swedish')),
                    ('alt_en', models.CharField(blank=True, default='', max_length=250, verbose_name='what the picture shows, in English')),
                    ('licence', models.CharField(choices=[('own', 'Our own picture'), ('cc0', 'CC0 1.0'), ('by', 'CC BY 4.0'), ('by_sa', 'CC BY-SA 4.0'), ('permission', 'By permission of the photographer'), ('generated', 'Made with a program')], max_length=20, verbose_name='licence')),
                    ('credit', models.CharField(max_length=150, verbose_name='picture by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ArticleTermsEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PageVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(choices=[('about', 'About the clusters'), ('contact', 'Contact'), ('press', 'For the media')], max_length=20, verbose_name='page')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('body_fi', models.TextField(max_length=20000, verbose_name='text in Finnish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in Swedish')),
                    ('body_en', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in English')),
                    ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='what changed')),
                    ('saved_at', models.DateTimeField(auto_now_add=True, verbose_name='saved')),
                ],
                options={
                    'verbose_name': 'version of a page',
                    'verbose_name_plural': 'versions of pages',
                    'ordering': ['key', '-number'],
                },
            ),
            migrations.CreateModel(
                name='PageVersionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('key', models.CharField(choices=[('about', 'About the clusters'), ('contact', 'Contact'), ('press', 'For the media')], max_length=20, verbose_name='page')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('body_fi', models.TextField(max_length=20000, verbose_name='text in Finnish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in Swedish')),
                    ('body_en', models.TextField(blank=True, default='', max_length=20000, verbose_name='text in English')),
                    ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='what changed')),
                    ('saved_at', models.DateTimeField(auto_now_add=True, verbose_name='saved')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
