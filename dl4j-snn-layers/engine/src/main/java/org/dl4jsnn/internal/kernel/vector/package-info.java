/**
 * Internal: the innermost loops with Java's Vector API (module {@code jdk.incubator.vector});
 * compiled separately, loaded by {@link org.dl4jsnn.internal.kernel.Kernels} only if that module is
 * present.
 *
 * <p>Every loop is one self-contained method without vector masks: vectors passed to helper methods
 * that are not inlined are boxed, and Java 17 has no fast masks. A neuron's spike is the sign of
 * threshold − potential, spread over its lane by an arithmetic shift.
 *
 * <p>The kernels of one, two and four vectors are generated from {@code
 * src/main/templates/VectorKernel.java.ftl}.
 */
package org.dl4jsnn.internal.kernel.vector;
