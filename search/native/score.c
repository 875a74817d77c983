/* Scoring: from the documents that match and the postings of a query's words to the scores of texts and articles, as
   search.engines.local.scoring has it. Documents are ascending, each once. */

#include "rank.h"
#include "bits.h"

/* The score of a document; asked for in ascending order, each once. The additions are in the order of the leaves. What
   does not hit adds 0.0, which changes no sum: that is faster than a branch that nobody can foresee. */
static double score(Leaf *leaves, size_t count, i64 document, int is_title)
{
    double total = 0.0;
    for (size_t nth = 0; nth < count; nth++) {
        Leaf *leaf = &leaves[nth];
        size_t at = leaf->at;
        int hits;
        if (leaf->in_title && !is_title)
            continue;
        if (leaf->is_sparse)
            at = gallop(leaf->documents, leaf->count, at, document);
        while (at < leaf->count && leaf->documents[at] < document)
            at++;
        if (at < leaf->count) {
            hits = leaf->documents[at] == document;
            total += hits ? leaf->scores[at] : 0.0;
            at += (size_t)hits;
        }
        leaf->at = at;
    }
    return total;
}

/* Document by document. */
static Py_ssize_t score_each(const Query *query, double *texts, Article *articles)
{
    const i64 *found = query->found;
    const size_t count = query->count, most = query->numbers.count;
    Article *article = articles;
    size_t nth = 0;
    while (nth < count) {
        double of_title, best = 0.0;
        i64 title;
        if ((u64)found[nth] >= most || (title = title_of(query, found[nth])) < 0 || title > found[nth])
            return -1;
        of_title = score(query->leaves, query->many, title, 1);
        if (found[nth] == title)
            texts[nth++] = of_title;
        for (; nth < count; nth++) {
            double of_text;
            if ((u64)found[nth] >= most || title_of(query, found[nth]) != title)
                break;
            of_text = score(query->leaves, query->many, found[nth], 0);
            texts[nth] = of_text;
            best = of_text > best ? of_text : best;
        }
        *article++ = (Article){best + query->share * of_title, nth};
    }
    return article - articles;
}

/* So many documents are scored at a time, so that their scores stay in the processor's nearest cache. */
enum { WINDOW = 4096 };

/* A stretch of documents: what the leaves add up to in each, and which of them the leaves have. */
typedef struct {
    double totals[WINDOW];
    u64 bits[WINDOW / 64];
    i64 base;
    size_t size;
    i64 title;          /* of the article that goes on from the stretch before, and its score */
    double of_title;
} Window;

/* What is made so far: the last article may go on. */
typedef struct {
    double *texts;
    Article *articles;
    size_t scored, count;   /* texts; articles */
    double best;            /* the best paragraph of the last article, and its title */
    i64 title;
} Made;

/* Add the scores of a leaf; where it counts in titles only, it is still found in other texts. */
static void add_leaf(const Query *query, Leaf *leaf, Window *window)
{
    const i64 *documents = leaf->documents, base = window->base;
    const double *scores = leaf->scores;
    const size_t count = leaf->count, size = window->size;
    const int in_title = leaf->in_title;
    size_t at = leaf->from = leaf->at;
    for (; at < count; at++) {
        const u64 place = (u64)documents[at] - (u64)base;
        if (place >= size)
            break;
        window->bits[place / 64] |= (u64)1 << (place % 64);
        if (!in_title || !number_at(&query->numbers, documents[at]))
            window->totals[place] += scores[at];
    }
    leaf->at = at;
}

/* Set to 0 again what a leaf has added. */
static void clear_leaf(const Leaf *leaf, Window *window)
{
    for (size_t at = leaf->from; at < leaf->at; at++)
        window->totals[leaf->documents[at] - window->base] = 0.0;
}

/* The value, or 0 where it does not count. */
static inline double counted(double value, int counts)
{
    u64 bits;
    memcpy(&bits, &value, sizeof bits);
    bits &= (u64)0 - (u64)counts;
    memcpy(&value, &bits, sizeof bits);
    return value;
}

/* Take up the documents of a window, without branches that nobody can foresee; -1 where one is none of the index. */
static int take_up(const Query *query, const Window *window, const i64 *found, size_t count, Made *made)
{
    const u8 *small = query->numbers.width == 1 ? query->numbers.data : NULL; /* as they mostly are */
    const double share = query->share;
    const i64 base = window->base;
    Made here = *made;
    for (size_t nth = 0; nth < count; nth++) {
        const i64 document = found[nth], number = small ? small[document] : number_at(&query->numbers, document);
        const i64 title = (i64)((u64)document - (u64)number);
        const int opens = title != here.title;
        const double total = window->totals[document - base], of_text = counted(total, number != 0);
        double of_title;
        if (title < 0 || title > document)
            return -1;
        of_title = title >= base ? window->totals[title - base] : title == window->title ? window->of_title : 0.0;
        here.count += (size_t)opens;
        here.best = counted(here.best, !opens);
        here.best = of_text > here.best ? of_text : here.best;
        here.title = title;
        here.texts[here.scored++] = total;
        here.articles[here.count - 1] = (Article){here.best + share * of_title, here.scored};
    }
    *made = here;
    return 0;
}

/* Begin a window at the first document that is not done; 0 where all are. */
static int next_window(const Query *query, size_t done, Window *window)
{
    i64 next = INT64_MAX;
    if (query->found && done < query->count)
        next = query->found[done];
    for (size_t nth = 0; nth < query->many; nth++) {
        const Leaf *leaf = &query->leaves[nth];
        if (leaf->at < leaf->count && leaf->documents[leaf->at] < next)
            next = leaf->documents[leaf->at];
    }
    if ((u64)next >= query->numbers.count)
        return 0;
    window->base = next;
    window->size = query->numbers.count - (size_t)next < WINDOW ? query->numbers.count - (size_t)next : WINDOW;
    return 1;
}

/* Keep the score of the title whose article may go on behind the window. */
static void end_window(const Query *query, Window *window)
{
    const i64 title = title_of(query, window->base + (i64)window->size - 1);
    if (title >= window->base && title < window->base + (i64)window->size)
        window->of_title = window->totals[title - window->base];
    else if (title != window->title)
        window->of_title = 0.0;
    window->title = title;
}

/* List the documents that the leaves have in a window: how many there are. So many of each word are written at once
   without asking whether there are any, which nobody can foresee; there must be room for so many more. */
static size_t list(Window *window, i64 *out)
{
    i64 *const start = out;
    for (size_t word = 0; word < WINDOW / 64; word++) {
        const i64 first = window->base + (i64)(64 * word);
        u64 left = window->bits[word];
        i64 *const end = out + count_bits(left);
        window->bits[word] = 0;
        do {
            for (int nth = 0; nth < AT_ONCE; nth++) {
                *out++ = first + lowest_bit(left | (u64)1 << 63);
                left &= left - 1;
            }
        } while (out < end);
        out = end;
    }
    return (size_t)(out - start);
}

/* How many of the documents found, from one on, lie in a window. */
static size_t found_in(const Query *query, size_t from, const Window *window)
{
    size_t at = from;
    while (at < query->count && (u64)query->found[at] - (u64)window->base < window->size)
        at++;
    return at - from;
}

/* Window by window. All documents that the leaves have match, unless it is known which do. */
static Py_ssize_t score_in_windows(Query *query, i64 *listed, double *texts, Article *articles)
{
    Window window = {.title = -1};
    Made made = {.texts = texts, .articles = articles, .title = -1};
    while (next_window(query, made.scored, &window)) {
        const size_t from = made.scored;
        size_t count;
        for (size_t nth = 0; nth < query->many; nth++)
            add_leaf(query, &query->leaves[nth], &window);
        if (listed)
            count = list(&window, listed + from);
        else
            count = found_in(query, from, &window);
        if (take_up(query, &window, (listed ? listed : query->found) + from, count, &made))
            return -1;
        end_window(query, &window);
        for (size_t nth = 0; nth < query->many; nth++)
            clear_leaf(&query->leaves[nth], &window);
    }
    for (size_t nth = 0; nth < query->many; nth++)
        if (query->leaves[nth].at < query->leaves[nth].count)
            return -1;
    if (listed) {
        query->found = listed;
        query->count = made.scored;
    }
    return made.scored == query->count ? (Py_ssize_t)made.count : -1;
}

/* To look a document up takes so many times as long as to add up a score; and to do so in more leaves than these, longer
   than to add all up. */
enum { COSTS = 4, MERGED = 2 };

Py_ssize_t score_all(Query *query, i64 *listed, double *texts, Article *articles)
{
    size_t size = 0;
    if (!query->found)
        return score_in_windows(query, listed, texts, articles);
    for (size_t nth = 0; nth < query->many; nth++) {
        Leaf *leaf = &query->leaves[nth];
        size += leaf->count;
        leaf->is_sparse = leaf->count >= COSTS * query->count;
    }
    if (query->many <= MERGED || size >= COSTS * query->count * query->many)
        return score_each(query, texts, articles);
    return score_in_windows(query, NULL, texts, articles);
}
