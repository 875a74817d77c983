/* Posting lists: from numbers to the bytes of search.engines.local.codec.lists, which has the format; the same bytes
   as search.engines.local.codec.encode makes. */

#include "native.h"

enum { BLOCK = 128, GAPS_BITS = 6, COUNTS_BITS = 5, WIDTHS = 11, LARGE_BITS = 20, MOST_BITS = 32 };

typedef struct {
    Row gaps, counts, moves;        /* u32: the three runs of the list at hand */
    Row last, of_block;             /* u32: what is known of its blocks */
    Row places[3], high[3];         /* u32: of the large numbers of each run */
    Row out;
    int wrong;                      /* whether columns do not fit together */
} Work;

static int bit_length(u32 value)
{
#if defined(__GNUC__)
    return 63 - __builtin_clzll((u64)value << 1 | 1); /* without a branch */
#else
    int bits = 0;
    for (; value; value >>= 1)
        bits++;
    return bits;
#endif
}

static size_t count_of(const Row *row)
{
    return row->used / 4;
}

static int add_number(Row *row, u32 value)
{
    return row_add(row, &value, 4);
}

static int width_of(const Row *row)
{
    const u32 *values = (const u32 *)row->data;
    u32 all = 0;
    for (size_t nth = 0; nth < count_of(row); nth++)
        all |= values[nth];
    return bit_length(all);
}

/* The whole bytes of such a plane; how many numbers are in them. */
static inline size_t pack_whole(const u32 *values, size_t count, int bits, int done, u8 *out)
{
    const size_t per_byte = 8 / (size_t)bits;
    const u32 mask = (1u << bits) - 1;
    size_t nth = 0;
    for (; nth + per_byte <= count; nth += per_byte) {
        u32 byte = 0;
        for (size_t within = 0; within < per_byte; within++)
            byte |= (values[nth + within] >> done & mask) << (within * (size_t)bits);
        *out++ = (u8)byte;
    }
    return nth;
}

/* One plane of less than eight bits a number. */
static void pack_plane(const u32 *values, size_t count, int bits, int done, u8 *out)
{
    const u32 mask = (1u << bits) - 1;
    size_t nth = 0;
    switch (bits) { /* loops of a length that is known are unrolled */
    case 1:
        nth = pack_whole(values, count, 1, done, out);
        break;
    case 2:
        nth = pack_whole(values, count, 2, done, out);
        break;
    default:
        nth = pack_whole(values, count, 4, done, out);
    }
    out += nth * (size_t)bits / 8;
    if (nth < count) {
        u32 byte = 0;
        for (int within = 0; nth < count; nth++, within++)
            byte |= (values[nth] >> done & mask) << (within * bits);
        *out = (u8)byte;
    }
}

/* One plane of whole bytes. */
static void pack_bytes(const u32 *values, size_t count, int bits, int done, u8 *out)
{
    if (bits == 8)
        for (size_t nth = 0; nth < count; nth++)
            out[nth] = (u8)(values[nth] >> done);
    else if (bits == 16)
        for (size_t nth = 0; nth < count; nth++) {
            const uint16_t value = (uint16_t)(values[nth] >> done);
            memcpy(out + 2 * nth, &value, sizeof value);
        }
    else if (count)
        memcpy(out, values, 4 * count); /* the only plane */
}

/* The numbers in so many bits each, in planes; bits above the width are dropped. */
static int pack_run(Row *out, const Row *row, int width)
{
    const u32 *values = (const u32 *)row->data;
    const size_t count = count_of(row);
    int done = 0;
    for (int bits = MOST_BITS; bits; bits >>= 1) {
        size_t size = (count * (size_t)bits + 7) >> 3;
        u8 *at;
        if (!(width & bits))
            continue;
        at = (u8 *)row_room(out, size);
        if (!at)
            return -1;
        if (bits < 8)
            pack_plane(values, count, bits, done, at);
        else
            pack_bytes(values, count, bits, done, at);
        out->used += size;
        done += bits;
    }
    return 0;
}

/* The width at which a run and the numbers that are too large for it take the least; these go to `places` and `high`. */
static int part_large(const Row *row, Row *places, Row *high)
{
    const u32 *values = (const u32 *)row->data;
    const size_t count = count_of(row);
    size_t histogram[2][MOST_BITS + 1] = {{0}}; /* two, since an addition waits for the one before at the same place */
    size_t least = 0, up_to = 0, most = 0;
    int width = 0;
    u32 before = 0;
    for (size_t nth = 0; nth < count; nth++)
        histogram[nth & 1][bit_length(values[nth])]++;
    for (int bits = 0; bits <= MOST_BITS; bits++) {
        size_t cost;
        up_to += histogram[0][bits] + histogram[1][bits];
        cost = count * (size_t)bits + (count - up_to) * LARGE_BITS;
        if (!bits || cost < least) {
            least = cost;
            width = bits;
            most = up_to;
        }
    }
    if (count == most)
        return width;
    for (size_t nth = 0; nth < count; nth++)
        if (values[nth] >> width) {
            if (add_number(places, (u32)nth - before) || add_number(high, values[nth] >> width))
                return -1;
            before = (u32)nth + 1;
        }
    return width;
}

static int write_short(Work *work)
{
    const int gaps = width_of(&work->gaps), counts = width_of(&work->counts), moves = width_of(&work->moves);
    const unsigned head = (unsigned)gaps | (unsigned)counts << GAPS_BITS | (unsigned)moves << (GAPS_BITS + COUNTS_BITS);
    const u8 bytes[2] = {(u8)head, (u8)(head >> 8)};
    return row_add(&work->out, bytes, 2) || pack_run(&work->out, &work->gaps, gaps) ||
           pack_run(&work->out, &work->counts, counts) || pack_run(&work->out, &work->moves, moves);
}

static int write_long(Work *work)
{
    const Row *runs[3] = {&work->gaps, &work->counts, &work->moves};
    u8 widths[WIDTHS] = {(u8)width_of(&work->last), (u8)width_of(&work->of_block)};
    u32 large[3];
    for (int run = 0; run < 3; run++) {
        int width;
        work->places[run].used = work->high[run].used = 0;
        width = part_large(runs[run], &work->places[run], &work->high[run]);
        if (width < 0)
            return -1;
        large[run] = (u32)count_of(&work->places[run]);
        widths[2 + 3 * run] = (u8)width;
        widths[3 + 3 * run] = (u8)width_of(&work->places[run]);
        widths[4 + 3 * run] = (u8)width_of(&work->high[run]);
    }
    if (row_add(&work->out, widths, WIDTHS) || row_add(&work->out, large, sizeof large) ||
        pack_run(&work->out, &work->last, widths[0]) || pack_run(&work->out, &work->of_block, widths[1]))
        return -1;
    for (int run = 0; run < 3; run++)
        if (pack_run(&work->out, &work->places[run], widths[3 + 3 * run]) ||
            pack_run(&work->out, &work->high[run], widths[4 + 3 * run]))
            return -1;
    for (int run = 0; run < 3; run++)
        if (pack_run(&work->out, runs[run], widths[2 + 3 * run]))
            return -1;
    return 0;
}

/* What is known of each block of a long list: its last document, as a gap from that of the block before, and how many
   positions it has. */
static int find_blocks(Work *work)
{
    const u32 *gaps = (const u32 *)work->gaps.data, *counts = (const u32 *)work->counts.data;
    const size_t df = count_of(&work->gaps);
    u32 next = 0, before = 0, positions = 0;
    work->last.used = work->of_block.used = 0;
    for (size_t nth = 0; nth < df; nth++) {
        next += gaps[nth] + 1; /* one more than the document */
        positions += counts[nth] + 1;
        if ((nth + 1) % BLOCK == 0 || nth + 1 == df) {
            if (add_number(&work->last, next - 1 - before) || add_number(&work->of_block, positions))
                return -1;
            before = next;
            positions = 0;
        }
    }
    return 0;
}

typedef struct {
    Py_buffer views[5];
    int held;
    const i32 *df, *documents, *tf, *positions, *terms;
    size_t count, postings, places;     /* how many terms, postings and positions there are */
    size_t at, posting, place;          /* and where it is */
    u32 base;
} Source;

/* Add the list of the term at which a source is. `next` is one more than the last document so far. */
static int take_list(Work *work, Source *one, u32 *next)
{
    const size_t df = (size_t)one->df[one->at];
    u32 *gaps, *counts, *moves;
    size_t cf = 0;
    if (df > one->postings - one->posting)
        goto wrong;
    for (size_t nth = 0; nth < df; nth++) {
        const i32 tf = one->tf[one->posting + nth];
        if (tf < 1 || (size_t)tf > one->places - one->place - cf)
            goto wrong;
        cf += (size_t)tf;
    }
    gaps = (u32 *)row_room(&work->gaps, 4 * df);
    counts = (u32 *)row_room(&work->counts, 4 * df);
    moves = (u32 *)row_room(&work->moves, 4 * cf);
    if (!gaps || !counts || !moves)
        return -1;
    for (size_t nth = 0; nth < df; nth++) {
        const u32 document = (u32)one->documents[one->posting + nth] + one->base;
        const u32 tf = (u32)one->tf[one->posting + nth];
        u32 after = 0;
        gaps[nth] = document - *next;
        counts[nth] = tf - 1;
        *next = document + 1;
        for (u32 within = 0; within < tf; within++) {
            const u32 position = (u32)one->positions[one->place++];
            *moves++ = position - after;
            after = position + 1;
        }
    }
    work->gaps.used += 4 * df;
    work->counts.used += 4 * df;
    work->moves.used += 4 * cf;
    one->posting += df;
    one->at++;
    return 0;
wrong:
    work->wrong = 1;
    return -1;
}

static int open_source(Source *one, PyObject *lists, PyObject *terms, PyObject *base)
{
    const i32 **columns[5] = {&one->df, &one->documents, &one->tf, &one->positions, &one->terms};
    size_t counts[5];
    for (int nth = 0; nth < 5; nth++) {
        PyObject *column = nth < 4 ? PySequence_GetItem(lists, nth) : Py_NewRef(terms);
        if (!column)
            return -1;
        *columns[nth] = numbers_of(column, &one->views[nth], 4, &counts[nth]);
        Py_DECREF(column);
        if (!*columns[nth])
            return -1;
        one->held++;
    }
    one->base = (u32)PyLong_AsUnsignedLong(base);
    if (PyErr_Occurred())
        return -1;
    one->count = counts[0];
    one->postings = counts[1];
    one->places = counts[3];
    if (counts[4] != counts[0] || counts[2] != counts[1]) {
        PyErr_SetString(PyExc_ValueError, "the columns of a source do not fit together");
        return -1;
    }
    return 0;
}

/* Encode the lists one after the other; their sizes and df go to `sizes` and `dfs`. */
static int encode_all(Work *work, Source *sources, Py_ssize_t many, Py_ssize_t count, u32 *sizes, i32 *dfs)
{
    for (Py_ssize_t term = 0; term < count; term++) {
        const size_t begin = work->out.used;
        u32 next = 0;
        int failed;
        work->gaps.used = work->counts.used = work->moves.used = 0;
        for (Py_ssize_t nth = 0; nth < many; nth++) {
            Source *one = &sources[nth];
            if (one->at < one->count && one->terms[one->at] == term && take_list(work, one, &next))
                return -1;
        }
        if (count_of(&work->gaps) < BLOCK)
            failed = write_short(work);
        else
            failed = find_blocks(work) || write_long(work);
        if (failed)
            return -1;
        sizes[term] = (u32)(work->out.used - begin);
        dfs[term] = (i32)count_of(&work->gaps);
    }
    for (Py_ssize_t nth = 0; nth < many; nth++)
        if (sources[nth].at < sources[nth].count) { /* its terms do not ascend, or are too large */
            work->wrong = 1;
            return -1;
        }
    return 0;
}

PyObject *encode_lists(PyObject *module, PyObject *args)
{
    PyObject *lists, *terms, *bases, *found = NULL, *sizes = NULL, *dfs = NULL;
    Py_ssize_t count, many, opened = 0;
    Source *sources = NULL;
    Work work;
    u32 *of_sizes;
    i32 *of_dfs;
    int failed;
    (void)module;
    memset(&work, 0, sizeof work);
    if (!PyArg_ParseTuple(args, "OOOn", &lists, &terms, &bases, &count))
        return NULL;
    many = PyList_Size(lists);
    if (many < 0 || PyList_Size(terms) != many || PyList_Size(bases) != many || count < 0 || count > PY_SSIZE_T_MAX / 4) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "as many lists of terms and bases are expected as there are sources");
        return NULL;
    }
    sources = calloc((size_t)many + 1, sizeof *sources);
    sizes = PyBytes_FromStringAndSize(NULL, 4 * count);
    dfs = PyBytes_FromStringAndSize(NULL, 4 * count);
    if (!sources)
        PyErr_NoMemory();
    if (!sources || !sizes || !dfs)
        goto end;
    for (; opened < many; opened++)
        if (open_source(&sources[opened], PyList_GetItem(lists, opened), PyList_GetItem(terms, opened),
                        PyList_GetItem(bases, opened))) {
            opened++;
            goto end;
        }
    of_sizes = (u32 *)PyBytes_AsString(sizes);
    of_dfs = (i32 *)PyBytes_AsString(dfs);
    Py_BEGIN_ALLOW_THREADS
    failed = encode_all(&work, sources, many, count, of_sizes, of_dfs);
    Py_END_ALLOW_THREADS
    if (work.wrong)
        PyErr_SetString(PyExc_ValueError, "the columns of a posting list do not fit together");
    if (failed)
        goto end;
    found = Py_BuildValue("(y#OO)", work.out.data ? work.out.data : "", (Py_ssize_t)work.out.used, sizes, dfs);
end:
    for (Py_ssize_t nth = 0; nth < opened; nth++)
        for (int view = 0; view < sources[nth].held; view++)
            PyBuffer_Release(&sources[nth].views[view]);
    free(sources);
    Py_XDECREF(sizes);
    Py_XDECREF(dfs);
    for (Row *row = &work.gaps; row <= &work.out; row++)
        row_free(row);
    return found ? found : failed_for_memory();
}
