/* JSON that is read from its beginning to its end. */

#ifndef SEARCH_JSON_H
#define SEARCH_JSON_H

#include "native.h"

typedef struct {
    const u8 *at, *end;
    Row row;            /* the string that was read last, if it has escapes */
    const char *text;   /* the string that was read last, in UTF-8, and its size in bytes */
    size_t size;
} Json;

/* Pass over white space. */
void json_spaces(Json *json);

/* Whether this sign comes next; it is passed over. */
int json_next(Json *json, u8 sign);

/* Whether this word stands here; it is passed over. */
int json_word(Json *json, const char *word);

/* Read a string behind its first quote: 1; 0 if it is not plain, -1 where there is no room. */
int json_string(Json *json);

/* Read the whole number here, of up to 18 digits; there is something here. 0 if it is none. */
int json_number(Json *json, long long *found);

#endif
