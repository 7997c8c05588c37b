from tests.house.english import english_words_in


def test_english_sentences_labels_and_alternatives_are_found() -> None:
    page = '<p>Please sign in</p><button>Save</button><img alt="Your score"><p>Nộp bài</p>'

    assert english_words_in(page) == ["Please sign in", "Save", "Your score"]


def test_vietnamese_code_and_marked_english_are_left_alone() -> None:
    page = '<p>Hạn nộp</p><code>the user</code><script>save the page</script><b lang="en">Sign in with the page</b>'

    assert english_words_in(page) == []
