/* SPDX-License-Identifier: Apache-2.0 */
/* The user's language and time zone: English, UTC. A program may set its own. */
#include <string.h>

#include "svm_locale.h"

int svm_initialize_locale(void);
const svm_locale_props_t *svm_get_locale(void);
char *SVM_FindJavaTZmd(const char *java_home, int octets);

int svm_initialize_locale(void) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
}

const svm_locale_props_t *svm_get_locale(void) {
    static const svm_locale_props_t english = {
        .format_language = "en",
        .format_script = "",
        .format_country = "",
        .format_variant = "",
        .display_language = "en",
        .display_script = "",
        .display_country = "",
        .display_variant = "",
    };
    return &english;
}

/* The caller frees the result. */
char *SVM_FindJavaTZmd(const char *java_home, int octets) {
    (void)java_home, (void)octets;
    return strdup("GMT");
}
