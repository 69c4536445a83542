/**
 * Internal: the common walk through a network of either type, for tools that observe it.
 *
 * <pre>
 *  MultiLayerNetwork ─► SequenceWalk ┐                 ┌► arrive(part, input)
 *                                    ├► NetworkWalk ───┤  the part runs
 *  ComputationGraph ──► GraphWalk ───┘  part by part   └► leave(part, train arriving, outcome)
 * </pre>
 *
 * See docs/decisions/0028-one-walk.md.
 */
package org.dl4jsnn.internal.walk;
