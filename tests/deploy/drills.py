"""What the test does beside the paper: load during the update, a letter and two people around the
restore. The paper's blocks stay as they are written; each drill notes one line of figures.
"""

from __future__ import annotations

TOOLS = r"""
exec 3>&1
note() { echo "$1" | tee -a /var/tmp/figures; }
shell() { portal-manage shell --verbosity 0 --command "$1"; }
cat >/var/tmp/load.py <<'PY'
import http.client, json, signal, ssl, sys, threading, time
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
name, certificate = sys.argv[1:]
context = ssl.create_default_context(cafile=certificate)
context.check_hostname = False
answers, failed, slowest = [], [], []
def browse():
    to = http.client.HTTPSConnection("127.0.0.1", 443, timeout=60, context=context)
    paths = ["/livez", "/", "/events/", "/accounts/login/", "/members/"]
    while not stop.is_set():
        for path in paths:
            began = time.monotonic()
            try:
                to.request("GET", path, headers={"Host": name})
                answer = to.getresponse()
                answer.read()
                answers.append(answer.status)
                if answer.status != 200:
                    failed.append(f"{path} {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                failed.append(f"{path} {error!r}")
                to.close()
            slowest.append(time.monotonic() - began)
            time.sleep(0.4)
threads = [threading.Thread(target=browse) for _ in range(3)]
[each.start() for each in threads]
[each.join() for each in threads]
told = f"{len(answers)} requests over kept connections, {len(failed)} failed"
print(f"{told}, slowest {max(slowest):.1f} s")
print(*sorted(set(failed))[:5], sep="\n", file=sys.stderr)
sys.exit(bool(failed) or len(answers) < 20)
PY
load() {
    python3 /var/tmp/load.py "$PORTAL_NAME" /etc/ssl/portaali/fullchain.pem >/var/tmp/load.out &
    loading=$!
}
loaded() {
    sleep 5
    kill "$loading"
    wait "$loading"
    note "$1: $(cat /var/tmp/load.out)"
}
"""
# A letter that is written while no worker runs, so that the backup holds it unsent; somebody who is
# erased after the backup; a session.
PREPARED = r"""
systemctl stop portal-worker portal-urgent
shell "
from django.test import Client
from allauth.account.models import EmailAddress
from cluster_portal.notifications import outbox
from members.models import Cluster, User
for name in ('lukija', 'poistuva'):
    user = User.objects.create_user(f'{name}@example.org', 'koe-salasana-2026', first_name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
cluster = Cluster.objects.get()
reader = User.objects.get(email='lukija@example.org')
outbox.post('coordinator_granted', to=reader, key='drill', about=cluster)
Client().force_login(reader, backend='allauth.account.auth_backends.AuthenticationBackend')
"
"""
BACKED_UP = r"""
shell "
from members.models import User
from members.services import erasure
user = User.objects.get(email='poistuva@example.org')
erasure.erase_account(user, by=user)
"
note "erased after the backup: 1 person"
python3 -u -W ignore -m smtpd -n -c DebuggingServer 127.0.0.1:25 >/var/tmp/letters 2>/dev/null &
"""
RESTORED = r"""
test "$(shell "
from django.contrib.sessions.models import Session
from members.models import User
print(Session.objects.count(), User.objects.filter(email='poistuva@example.org').count())
")" = "0 0"
note "after the restore: 0 sessions, 0 of 1 erased people are back"
curl --silent --fail --retry 10 --retry-all-errors http://127.0.0.1:8000/readyz |
    grep '"mail_is_held": true'
sleep 20
test ! -s /var/tmp/letters
note "mail is held: 0 letters left in 20 s"
"""
RELEASED = r"""
for try in $(seq 150); do
    grep --quiet "^b'To: .*lukija@example.org" /var/tmp/letters && break
    sleep 1
done
test "$(grep -c "^b'To: " /var/tmp/letters)" = 1
note "mail is released: the letter of the backup left once, $try s later"
systemctl --failed --no-legend --plain | { ! grep portal; }
"""
UPDATED = r"""
handed_over() {
    for try in $(seq 400); do
        test "$(systemctl show --property MainPID --value portal-web)" != "$before" && return
        sleep 1
    done
    return 1
}
handed_over
portal-manage showmigrations members | grep "X. 9999_drill"
loaded "update under load"
load
git -C /opt/cluster-portal/app checkout --quiet "$release"
before=$(systemctl show --property MainPID --value portal-web)
systemctl reload portal-web
handed_over
loaded "the release before, on the new tables, under load"
git -C /opt/cluster-portal/app fetch --quiet origin next
git -C /opt/cluster-portal/app checkout --quiet --detach FETCH_HEAD
before=$(systemctl show --property MainPID --value portal-web)
systemctl reload portal-web
handed_over
"""
BEFORE = {
    ("Processes", 1): "sed -i 's/^QUIET_HOURS=.*/QUIET_HOURS=/' /etc/cluster-portal/portal.env",
    ("Updating", 1): (
        "release=$(git -C /opt/cluster-portal/app rev-parse HEAD)\n"
        'git -C "$PORTAL_SOURCE" branch --force main next\n'
        "before=$(systemctl show --property MainPID --value portal-web)\nload"
    ),
    ("Backup and restore", 1): PREPARED,
}
AFTER = {
    ("The proxy, with TLS", 1): 'note "installed in $SECONDS s"',
    ("Updating", 1): UPDATED,
    ("Backup and restore", 1): BACKED_UP,
    ("Restoring", 1): RESTORED,
    ("Restoring", 2): RELEASED,
}
