/* Dictionaries: from those of several sources to one, in the order of (folded form, form). */

#include "native.h"

typedef struct {
    const char *lines;  /* strings, a line end after each */
    const i64 *ends;
    size_t count;
} Lines;

typedef struct {
    Py_buffer views[4];
    int held;
    Lines forms, folded;
    size_t at;
    u64 begins;    /* how the folded form at which it is begins, as a number: the order of these, where they differ,
                           is that of the forms */
    Row terms;          /* i32: the number of each of its forms in the dictionary that is made */
} Member;

typedef struct {
    Row lines, ends;    /* char; i64 */
} Made;

static const char *line_at(const Lines *lines, size_t at, size_t *size)
{
    const i64 start = at ? lines->ends[at - 1] : 0;
    *size = (size_t)(lines->ends[at] - start);
    return lines->lines + start;
}

/* The order of two strings; their line ends do not count. */
static int compare_lines(const Lines *one, size_t first, const Lines *two, size_t second)
{
    size_t sizes[2];
    const char *texts[2] = {line_at(one, first, &sizes[0]), line_at(two, second, &sizes[1])};
    const int found = memcmp(texts[0], texts[1], (sizes[0] < sizes[1] ? sizes[0] : sizes[1]) - 1);
    return found ? found : (sizes[0] > sizes[1]) - (sizes[0] < sizes[1]);
}

static int compare_at(const Member *one, size_t first, const Member *two, size_t second)
{
    const int found = compare_lines(&one->folded, first, &two->folded, second);
    return found ? found : compare_lines(&one->forms, first, &two->forms, second);
}

static int compare(const Member *one, const Member *two)
{
    if (one->begins != two->begins)
        return one->begins < two->begins ? -1 : 1;
    return compare_at(one, one->at, two, two->at);
}

/* Put down how the form at which a member is begins. */
static void begin(Member *member)
{
    size_t size;
    const u8 *text = (const u8 *)line_at(&member->folded, member->at, &size);
    u64 begins = 0;
    for (size_t nth = 0; nth < sizeof begins; nth++)
        begins = begins << 8 | (nth + 1 < size ? text[nth] : 0);
    member->begins = begins;
}

static int add_line(Made *made, const Lines *lines, size_t at)
{
    size_t size;
    const char *text = line_at(lines, at, &size);
    i64 end;
    if (row_add(&made->lines, text, size))
        return -1;
    end = (i64)made->lines.used;
    return row_add(&made->ends, &end, sizeof end);
}

/* Put the first of the heap where it belongs; the others are in order. */
static void sink(Member **heap, size_t count)
{
    Member *moved = heap[0];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < count) {
        if (child + 1 < count && compare(heap[child + 1], heap[child]) < 0)
            child++;
        if (compare(moved, heap[child]) <= 0)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

/* Put the last of a heap where it belongs; those before it are one. */
static void rise(Member **heap, size_t at)
{
    Member *moved = heap[at];
    for (; at && compare(moved, heap[(at - 1) / 2]) < 0; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = moved;
}

/* Merge the members of a heap: the one with the least form is first, again and again. */
static int merge(Member **heap, size_t count, Made *forms, Made *folded)
{
    const Member *last = NULL;
    size_t last_at = 0;
    u64 last_begins = 0;
    i32 number = -1;
    while (count) {
        Member *least = heap[0];
        if (!last || least->begins != last_begins || compare_at(last, last_at, least, least->at)) {
            number++;
            if (add_line(forms, &least->forms, least->at) || add_line(folded, &least->folded, least->at))
                return -1;
        }
        if (row_add(&least->terms, &number, sizeof number))
            return -1;
        last = least;
        last_at = least->at++;
        last_begins = least->begins;
        if (least->at == least->forms.count)
            heap[0] = heap[--count];
        else
            begin(least);
        if (count)
            sink(heap, count);
    }
    return 0;
}

static int open_lines(Member *member, PyObject *source, int first, Lines *lines)
{
    size_t size;
    for (int nth = first; nth < first + 2; nth++) {
        PyObject *part = PySequence_GetItem(source, nth);
        const void *found = part ? numbers_of(part, &member->views[nth], nth > first ? 8 : 1, &size) : NULL;
        Py_XDECREF(part);
        if (!found)
            return -1;
        member->held++;
        if (nth == first) {
            lines->lines = found;
        } else {
            lines->ends = found;
            lines->count = size;
        }
    }
    size = (size_t)member->views[first].len;
    for (size_t at = 0; at < lines->count; at++)
        if (lines->ends[at] <= (at ? lines->ends[at - 1] : 0) || (size_t)lines->ends[at] > size) {
            PyErr_SetString(PyExc_ValueError, "expected the ends of lines, ascending");
            return -1;
        }
    return 0;
}

static int open_member(Member *member, PyObject *source)
{
    if (open_lines(member, source, 0, &member->forms) || open_lines(member, source, 2, &member->folded))
        return -1;
    if (member->forms.count != member->folded.count) {
        PyErr_SetString(PyExc_ValueError, "expected as many folded forms as forms");
        return -1;
    }
    return 0;
}

static PyObject *result(Made *made, Member *members, Py_ssize_t count)
{
    PyObject *terms = PyList_New(count), *found;
    for (Py_ssize_t nth = 0; terms && nth < count; nth++) {
        PyObject *one = bytes_of(&members[nth].terms);
        if (!one || PyList_SetItem(terms, nth, one) < 0)
            Py_CLEAR(terms);
    }
    if (!terms)
        return NULL;
    found = Py_BuildValue("(NNNNN)", bytes_of(&made[0].lines), bytes_of(&made[0].ends), bytes_of(&made[1].lines),
                          bytes_of(&made[1].ends), terms);
    return found;
}

PyObject *unite_forms(PyObject *module, PyObject *sources)
{
    const Py_ssize_t count = PyList_Size(sources);
    Member *members = count < 0 ? NULL : calloc((size_t)count + 1, sizeof *members);
    Member **heap = count < 0 ? NULL : malloc(((size_t)count + 1) * sizeof *heap);
    Made made[2] = {0};
    PyObject *found = NULL;
    size_t some = 0;
    int failed;
    (void)module;
    if (count < 0)
        return NULL;
    if (!members || !heap) {
        PyErr_NoMemory();
        goto end;
    }
    for (Py_ssize_t nth = 0; nth < count; nth++) {
        if (open_member(&members[nth], PyList_GetItem(sources, nth)))
            goto end;
        if (members[nth].forms.count) {
            begin(&members[nth]);
            heap[some++] = &members[nth];
        }
    }
    for (size_t nth = 1; nth < some; nth++)
        rise(heap, nth);
    Py_BEGIN_ALLOW_THREADS
    failed = merge(heap, some, &made[0], &made[1]);
    Py_END_ALLOW_THREADS
    if (!failed)
        found = result(made, members, count);
end:
    for (Py_ssize_t nth = 0; members && nth < count; nth++) {
        row_free(&members[nth].terms);
        for (int view = 0; view < members[nth].held; view++)
            PyBuffer_Release(&members[nth].views[view]);
    }
    for (int nth = 0; nth < 2; nth++) {
        row_free(&made[nth].lines);
        row_free(&made[nth].ends);
    }
    free(members);
    free(heap);
    return found ? found : failed_for_memory();
}
