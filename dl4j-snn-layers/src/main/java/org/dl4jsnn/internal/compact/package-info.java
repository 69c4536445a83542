/**
 * Internal: a network as a compact model file holds it, and the file's writer. Neither ND4J nor
 * Deeplearning4j, since the runtime's jar has it, too; {@code org.dl4jsnn.runtime} reads the file.
 *
 * <pre>
 *  RuntimeExport ─► CompactModel ─► CompactWriter ─► file ─► SpikingModel.load ─► CompactModel
 * </pre>
 */
package org.dl4jsnn.internal.compact;
