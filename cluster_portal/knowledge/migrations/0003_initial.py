import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('events', '0003_initial'),
        ('knowledge', '0002_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='begunchallenge',
                name='challenge',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='begunchallenge',
                name='region',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='begunchallengeevent',
                name='challenge',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge'),
            ),
            migrations.AddField(
                model_name='begunchallengeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='begunchallengeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.begunchallenge'),
            ),
            migrations.AddField(
                model_name='begunchallengeevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='correction',
                name='corrected_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='corrected_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.correction'),
            ),
            migrations.AddField(
                model_name='evaluation',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='evaluation',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='evaluation',
                name='pilot',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.pilot', verbose_name='pilot'),
            ),
            migrations.AddField(
                model_name='evaluationevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='evaluationevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='evaluationevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='evaluationevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.evaluation'),
            ),
            migrations.AddField(
                model_name='evaluationevent',
                name='pilot',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.pilot', verbose_name='pilot'),
            ),
            migrations.AddField(
                model_name='evaluationindicatorsevent',
                name='evaluation',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.evaluation'),
            ),
            migrations.AddField(
                model_name='evaluationindicatorsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='indicator',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='indicator',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='indicator',
                name='theme',
                field=models.ForeignKey(limit_choices_to={'scheme': 'att_theme'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='theme'),
            ),
            migrations.AddField(
                model_name='evaluationindicatorsevent',
                name='indicator',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.indicator'),
            ),
            migrations.AddField(
                model_name='evaluation',
                name='indicators',
                field=models.ManyToManyField(blank=True, related_name='evaluations', to='knowledge.indicator', verbose_name='indicators'),
            ),
            migrations.AddField(
                model_name='begunchallengeevent',
                name='indicator',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='begunchallenge',
                name='indicator',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='begun', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='indicatorevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='indicatorevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='indicatorevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='indicatorevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.indicator'),
            ),
            migrations.AddField(
                model_name='indicatorevent',
                name='theme',
                field=models.ForeignKey(db_constraint=False, limit_choices_to={'scheme': 'att_theme'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='theme'),
            ),
            migrations.AddField(
                model_name='librarydocument',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
            ),
            migrations.AddField(
                model_name='librarydocument',
                name='body',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='librarydocument',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='librarydocument',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='librarydocument',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='body',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.body', verbose_name='body'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='librarydocumentevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.librarydocument'),
            ),
            migrations.AddField(
                model_name='librarydocumenttermsevent',
                name='librarydocument',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.librarydocument'),
            ),
            migrations.AddField(
                model_name='librarydocumenttermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='librarydocumenttermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='libraryversion',
                name='document',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.librarydocument', verbose_name='document'),
            ),
            migrations.AddField(
                model_name='libraryversion',
                name='sender',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
            ),
            migrations.AddField(
                model_name='libraryversionevent',
                name='document',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.librarydocument', verbose_name='document'),
            ),
            migrations.AddField(
                model_name='libraryversionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='libraryversionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.libraryversion'),
            ),
            migrations.AddField(
                model_name='libraryversionevent',
                name='sender',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
            ),
            migrations.AddField(
                model_name='measurement',
                name='entered_by',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
            ),
            migrations.AddField(
                model_name='measurement',
                name='indicator',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='measurement',
                name='region',
                field=models.ForeignKey(limit_choices_to={'scheme': 'region'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
        ]),
    ]
