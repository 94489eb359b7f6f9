import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('knowledge', '0001_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='agreement',
                name='given_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by'),
            ),
            migrations.AddField(
                model_name='agreement',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='agreementevent',
                name='given_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by'),
            ),
            migrations.AddField(
                model_name='agreementevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='agreementevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='agreementevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.agreement'),
            ),
            migrations.AddField(
                model_name='article',
                name='author',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='article',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='article',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='article',
                name='region',
                field=models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='article',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='articleentry',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articleentry'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.article'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='region',
                field=models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='articlefile',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articlefile'),
            ),
            migrations.AddField(
                model_name='articlepicture',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articlepicture'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='assessment',
                name='theme',
                field=models.ForeignKey(limit_choices_to={'scheme': 'att_theme'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='theme'),
            ),
            migrations.AddField(
                model_name='assessmentevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='assessmentevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.assessment'),
            ),
            migrations.AddField(
                model_name='assessmentevent',
                name='theme',
                field=models.ForeignKey(db_constraint=False, limit_choices_to={'scheme': 'att_theme'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='theme'),
            ),
        ]),
    ]
