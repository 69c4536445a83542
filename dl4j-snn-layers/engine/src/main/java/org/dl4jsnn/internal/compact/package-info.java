/**
 * Internal: the content of a compact model file, and the file's writer. Independent of ND4J and
 * Deeplearning4j, since devices have none of them; {@code org.dl4jsnn.runtime} reads the file.
 *
 * <pre>
 *  RuntimeExport ─► CompactModel ─► CompactWriter ─► file ─► SpikingModel.load ─► CompactModel
 * </pre>
 */
package org.dl4jsnn.internal.compact;
