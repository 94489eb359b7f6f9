"""What two things of any type have in common, and why: concepts, features, score and reasons.

A type that is matched derives from `Matchable` and says in `match_features` what it is about, from
its weighted texts and its terms (`features.Bag`). The features are stored by `search.reindex`,
beside the search vector. Who asks narrows the other side by hard constraints in a queryset, and

    corpus = stored.corpus(possible)
    best = score.best(corpus.scores(wish), limit)

`reasons.why` says of two texts what is really shared. Nothing here knows any app.
"""
