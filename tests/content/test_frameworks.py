"""The official frameworks, as far as they are known."""

from content import frameworks, lessons


def test_the_circular_has_six_domains_and_24_competences() -> None:
    circular = frameworks()["tt02"]
    assert [len(domain.competences) for domain in circular.domains] == [3, 6, 4, 4, 4, 3]
    assert [domain.number for domain in circular.domains] == [1, 2, 3, 4, 5, 6]
    for domain in circular.domains:
        assert [found.number for found in domain.competences] == list(range(1, len(domain.competences) + 1))
    assert circular.codes()["TT02 2.6"].name == "Quản lý danh tính số"


def test_the_decision_has_four_groups_and_each_of_ours_is_in_one() -> None:
    groups = frameworks()["qd757"].groups
    assert [group.code for group in groups] == ["HSSV", "ND", "CBCCVC", "NLD"]
    assert sorted(ours for group in groups for ours in group.ours) == ["GV", "HS", "NCT", "ND", "TT"]


def test_every_domain_has_lessons() -> None:
    taught = {code.split(".")[0] for lesson in lessons().values() for code in lesson.framework}
    assert taught == {f"{found.code} {domain.number}" for found in frameworks().values() for domain in found.domains}
