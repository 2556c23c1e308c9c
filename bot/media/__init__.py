"""Pictures, pages and voices of the lessons: built before anybody asks, found by what they say."""
