/* From a text to its words: chunk by chunk, each of which is looked up as it is printed, but for one sign before and one
   sign behind it, of which most words have none, and any may have some. */

#include "words.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* A chunk: where it is, and its number; or that of what it holds without a sign before and a sign behind it, and
   whether a sentence may end at these. */
typedef struct {
    size_t start, end, number;
    int opens, closes;
} Found;

enum { AHEAD = 16 };

/* A chunk that is looked up soon, by its core: without a sign before and a sign behind it (COMMA, SIGN, or 0). */
typedef struct {
    Wanted core;
    int before, behind;
} Coming;

/* A text, and the next chunks of it: their slots are asked for from memory some time before they are needed. */
typedef struct {
    const char *text;
    size_t size, at;
    Coming coming[AHEAD];
    int next, count;
} Text;

static int is_space(const Words *self, const char *text, size_t left, int *size)
{
    u32 point;
    if ((u8)*text < 0x80) {
        *size = 1;
        return self->kinds.data[(u8)*text] == SPACE;
    }
    return kind_at(self, text, left, size, &point) == SPACE;
}

#if defined(__SSE2__)
/* Which of sixteen bytes may begin white space: a bit for each. */
static u32 space_bits(const char *at)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ')), bytes);
    const __m128i two = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xC2));
    const __m128i three = _mm_cmpeq_epi8(_mm_and_si128(bytes, _mm_set1_epi8((char)0xFC)), _mm_set1_epi8((char)0xE0));
    return (u32)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(two, three)));
}
#endif

/* Where the next white space is, from `at` on. */
static size_t chunk_end(const Words *self, const Text *text, size_t at)
{
    int step;
#if defined(__SSE2__)
    while (text->size - at >= 16) {
        const u32 bits = space_bits(text->text + at);
        at += bits ? (size_t)__builtin_ctz(bits) : 16;
        if (bits) {
            if (is_space(self, text->text + at, text->size - at, &step))
                return at;
            at += (size_t)step;
        }
    }
    while (at < text->size && ((u8)text->text[at] & 0xC0) == 0x80) /* within a character */
        at++;
#endif
    while (at < text->size && !is_space(self, text->text + at, text->size - at, &step))
        at += (size_t)step;
    return at;
}

/* What kind of sign a byte is: COMMA or SIGN, or 0 if it is none (of ASCII). */
static int sign_at(const Words *self, const char *at)
{
    const int kind = (u8)*at < 0x80 ? self->kinds.data[(u8)*at] : 0;
    return kind == COMMA || kind == SIGN ? kind : 0;
}

static void read_ahead(const Words *self, Text *text)
{
    size_t at = text->at;
    int step;
    for (text->next = text->count = 0; text->count < AHEAD; text->count++) {
        Coming *coming = &text->coming[text->count];
        const char *start, *end;
        while (at < text->size && is_space(self, text->text + at, text->size - at, &step))
            at += (size_t)step;
        start = text->text + at;
        at = chunk_end(self, text, at);
        end = text->text + at;
        if (start == end)
            break;
        coming->before = end - start > 2 ? sign_at(self, start) : 0;
        coming->behind = end - start > 1 ? sign_at(self, end - 1) : 0;
        start += coming->before != 0;
        end -= coming->behind != 0;
        coming->core = name_wanted(&self->chunks, start, (size_t)(end - start));
        name_prefetch(&self->chunks, &coming->core);
    }
    text->at = at;
}

/* Find the next chunk: 1 if there is one, 0 if not, -1 where something went wrong. */
static int next_chunk(Words *self, Text *text, Found *found)
{
    const Coming *coming;
    Wanted whole;
    u32 wants;
    if (text->next == text->count)
        read_ahead(self, text);
    if (text->next == text->count)
        return 0;
    coming = &text->coming[text->next++];
    whole = coming->core;
    wants = (coming->before ? MAY_FOLLOW : 0) | (coming->behind ? MAY_PRECEDE : 0);
    whole.text -= coming->before != 0;
    whole.size += (coming->before != 0) + (coming->behind != 0);
    found->start = (size_t)(whole.text - text->text);
    found->end = found->start + whole.size;
    if (wants) {
        const int simple = core_of(self, &coming->core, wants, &found->number);
        found->opens = coming->before == SIGN;
        found->closes = coming->behind == SIGN;
        if (simple)
            return simple;
        whole = name_wanted(&self->chunks, whole.text, whole.size);
    }
    found->opens = found->closes = 0;
    found->number = chunk_of(self, &whole, 0);
    return found->number == NOT_FOUND ? -1 : 1;
}

static u32 flags_of(const Words *self, size_t number)
{
    return ((const Chunk *)self->about.data)[number].flags;
}

/* Whether one chunk may go on with the next: one white space that ends no line lies between them. */
static int goes_on(const Words *self, const char *text, const Found *one, const Found *two)
{
    int step;
    if (!(flags_of(self, two->number) & ENDS_NUMBER) || text[one->end] == '\n')
        return 0;
    is_space(self, text + one->end, two->start - one->end, &step);
    return one->end + (size_t)step == two->start;
}

static int emit(Words *self, const Found *found, int *opens)
{
    const Chunk *chunk = (const Chunk *)self->about.data + found->number;
    const u32 *coded = (const u32 *)self->coded.data + chunk->first;
    u32 *words = (u32 *)row_room(&self->words, chunk->count * sizeof(u32));
    u8 *telling = (u8 *)row_room(&self->telling, chunk->count);
    if (!words || !telling)
        return -1;
    *opens |= found->opens;
    for (u32 nth = 0; nth < chunk->count; nth++) {
        words[nth] = coded[nth] >> 1;
        telling[nth] = (u8)((coded[nth] & 1) | (u32)*opens);
        *opens = 0;
    }
    self->words.used += chunk->count * sizeof(u32);
    self->telling.used += chunk->count;
    *opens |= (chunk->flags & TAIL) || found->closes;
    return 0;
}

/* Of the words of a text, from whether each opens a sentence: whether its case says something. */
static void judge_case(Words *self, size_t first)
{
    const u32 *words = (const u32 *)self->words.data;
    const u8 *traits = (const u8 *)self->traits.data;
    u8 *telling = (u8 *)self->telling.data;
    const size_t end = self->telling.used;
    int before = 0;
    for (size_t at = first; at < end; at++) {
        const int here = traits[words[at]], shouts = here & SHOUTED;
        const int beside = before || (at + 1 < end && traits[words[at + 1]] & SHOUTED);
        telling[at] = !(here & CAPITAL) || !(telling[at] || (shouts && beside));
        before = shouts;
    }
}

/* Take together `here`, `next` and what goes on with them as one number whose thousands are parted by spaces; `next` is
   then the chunk behind it. What `next_chunk` said of that one. */
static int take_together(Words *self, Text *text, Found *here, Found *next)
{
    Wanted wanted;
    int there;
    do {
        here->end = next->end;
        there = next_chunk(self, text, next);
    } while (there > 0 && goes_on(self, text->text, here, next));
    if (there < 0)
        return -1;
    wanted = name_wanted(&self->chunks, text->text + here->start, here->end - here->start);
    here->number = chunk_of(self, &wanted, 1);
    here->opens = here->closes = 0;
    return here->number == NOT_FOUND ? -1 : there;
}

int scan_text(Words *self, const char *given, size_t size)
{
    const size_t words = self->words.used, first = self->telling.used;
    Text text;
    Found here, next;
    int opens = 1, there;
    i32 length;
    text.text = given;
    text.size = size;
    text.at = 0;
    text.next = text.count = 0;
    there = next_chunk(self, &text, &here);
    while (there > 0) {
        there = next_chunk(self, &text, &next);
        if (there > 0 && flags_of(self, here.number) & OPENS_NUMBER && goes_on(self, given, &here, &next))
            there = take_together(self, &text, &here, &next);
        if (there < 0 || emit(self, &here, &opens))
            there = -1;
        here = next;
    }
    length = (i32)(self->telling.used - first);
    if (there < 0 || row_add(&self->lengths, &length, sizeof length)) {
        self->words.used = words;
        self->telling.used = first;
        return -1;
    }
    judge_case(self, first);
    return 0;
}
