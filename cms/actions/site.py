"""What the site needs before anybody writes: the first two pages, the groups, the workflow. Idempotent."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.engine import roles
from cms.engine.tree import HOME_SLUG
from cms.models import CourseIndexPage, HomePage

LEAD = (
    "Học, thi và theo dõi kết quả học tập của đoàn viên, người lao động và cán bộ công đoàn: "
    "trên điện thoại, từng bài ngắn, biết ngay mình đã đạt đến đâu."
)


def ensure_site() -> CourseIndexPage:
    """Make whatever is missing; leave what editors have changed."""
    with transaction.atomic():
        home = _home()
        index: CourseIndexPage | None = CourseIndexPage.objects.first()
        if index is None:
            index = CourseIndexPage(title="Học tập", slug="courses")
            home.add_child(instance=index)
        _give_rights(home)
        _set_up_workflow(home)
    return index


def _home() -> HomePage:
    home: HomePage | None = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
        home = HomePage(title="Hôm nay", slug=HOME_SLUG, lead=LEAD)
        root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Bến Học")
    elif site.root_page_id != home.pk:
        welcome = site.root_page
        site.root_page = home
        site.site_name = "Bến Học"
        site.save()
        if type(welcome.specific) is Page:
            welcome.delete()
    return home


def _give_rights(home: HomePage) -> None:
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in roles.PAGE_RIGHTS}
    enter = Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    for name, group in groups.items():
        group.permissions.add(*enter)
        for right in roles.PAGE_RIGHTS[name]:
            _allow_page(group, home, right)
        for codename in roles.COLLECTION_RIGHTS[name]:
            _allow_collection(group, codename)
    for unused in Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True):
        unused.delete()


def _allow_page(group: Group, page: Page, right: str) -> None:
    permission = _permission(Page, f"{right}_page")
    GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _allow_collection(group: Group, codename: str) -> None:
    model = get_image_model() if codename.endswith("_image") else get_document_model()
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=root, permission=_permission(model, codename)
    )


def _permission(model: type, codename: str) -> Permission:
    kind = ContentType.objects.get_for_model(model)
    permission, _ = Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": codename})
    return permission


def _set_up_workflow(home: HomePage) -> None:
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states__isnull=True).delete()
    task, made = GroupApprovalTask.objects.get_or_create(name=roles.TASK)
    if made:
        task.groups.add(Group.objects.get(name=roles.EDITORS))
    workflow, made = Workflow.objects.get_or_create(name=roles.WORKFLOW)
    if made:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
