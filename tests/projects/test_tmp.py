import pytest
from tests import statements
from tests.projects.test_thread import *

@pytest.mark.parametrize("person", ["member", "office"])
@pytest.mark.parametrize("name", ["need","challenge","project"])
def test_show(client, request, need, challenge, project, measure, name, person, capsys):
    client.force_login(request.getfixturevalue(person))
    thing = {"need": need, "challenge": challenge, "project": project}[name]
    found = statements.of_page(client, thing.get_absolute_url())
    with capsys.disabled():
        print("\n==", name, person, len(found))
        for f in found:
            import re
            print("  ", re.sub(r'SELECT .*? FROM', 'SELECT … FROM', f, count=1)[:230])
