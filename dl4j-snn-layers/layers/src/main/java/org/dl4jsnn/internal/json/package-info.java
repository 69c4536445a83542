/**
 * Internal: how configurations write neurons, surrogates and gradient rules, which know nothing of
 * JSON, to their JSON. A field marked {@link org.dl4jsnn.internal.json.SavedByFields} is written
 * and read by a mapper of this package's own; nothing is registered on Deeplearning4j's.
 */
package org.dl4jsnn.internal.json;
