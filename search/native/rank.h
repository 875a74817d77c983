/* What the files that rank share: the documents and postings of a query, and the articles made of them. */

#ifndef SEARCH_RANK_H
#define SEARCH_RANK_H

#include "native.h"

/* A word or a phrase: where it stands, and what it adds to the score of each text. */
typedef struct {
    const i64 *documents;
    const double *scores;
    size_t count, at;
    size_t from;        /* where it was when the documents that are looked at began */
    int in_title;       /* whether it counts in titles only */
    int is_sparse;      /* whether most of its documents are not asked for */
} Leaf;

/* A column of numbers of 1, 2, 4 or 8 bytes. */
typedef struct {
    const void *data;
    size_t count;
    Py_ssize_t width;
} Column;

typedef struct {
    double ranked;
    size_t end;         /* of its documents, among those that match; they begin where the article before ends */
} Article;

/* The articles that have near-copies: their title documents, ascending, with the place of each in `members`, where the
   same stand group by group, the first of a group first. */
typedef struct {
    const i64 *titles, *places, *members, *groups;
    size_t count, at;
    u8 *states;         /* by place: whether the article matches, and is a copy of another that does */
    Py_ssize_t copies;
} Alike;

typedef struct {
    const i64 *found;   /* the documents that match; NULL: all that a leaf has */
    size_t count;
    Leaf *leaves;
    size_t many;
    Column numbers;     /* of the documents in their articles */
    double share;       /* of a title's score that is added to the best paragraph's */
    Alike alike;
} Query;

/* The number of a document in its article. */
static inline i64 number_at(const Column *column, i64 place)
{
    switch (column->width) {
    case 1:
        return ((const u8 *)column->data)[place];
    case 2:
        return ((const uint16_t *)column->data)[place];
    case 4:
        return (i64)((const u32 *)column->data)[place];
    default:
        return ((const i64 *)column->data)[place];
    }
}

/* The title of a document's article; any number where the document has none that it could have. */
static inline i64 title_of(const Query *query, i64 document)
{
    return (i64)((u64)document - (u64)number_at(&query->numbers, document));
}

enum { AT_ONCE = 4 };

/* Score the texts that match, and put together the articles that they belong to: how many there are; -1 where a
   document is none of the index. If it is not known yet what matches, it is listed; for this there is room for one of
   each posting and `AT_ONCE` more. There is room for as many articles as texts. */
Py_ssize_t score_all(Query *query, i64 *listed, double *texts, Article *articles);

/* Find out which of the articles that match are copies of others; -1, with an error set, where that is not possible. */
int find_copies(Alike *alike, const Query *query);

/* Whether an article is a copy of another that matches. Asked for in ascending order. */
int is_copy(Alike *alike, i64 title);

/* A list of the copies of an article, which is none. Asked for in ascending order. */
PyObject *copies_of(Alike *alike, i64 title);

/* The articles that may be among the best: all but copies that score no less than the last of these; each with its
   score, its title document, the scores of its texts by document, and its copies. */
PyObject *best_of(const Query *query, const double *texts, const Article *articles, size_t count, size_t limit);

#endif
