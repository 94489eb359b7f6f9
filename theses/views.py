def _later(request, **kwargs): ...


topic_list = topic_propose = application_detail = application_move = _later
topic_detail = topic_edit = topic_apply = topic_move = _later
