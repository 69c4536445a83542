/**
 * Internal: the innermost loops with Java's Vector API (module {@code jdk.incubator.vector});
 * compiled apart, loaded by {@link org.dl4jsnn.internal.kernel.Kernels} only where that module is
 * present.
 *
 * <p>Every loop is one self-contained method without vector masks: helper methods that take vectors
 * are boxed where they are not inlined, and Java 17 has no fast masks. A neuron's spike is the sign
 * of threshold − potential, spread over its lane by an arithmetic shift.
 *
 * <p>The kernels of one, two and four vectors are generated from {@code
 * src/main/templates/VectorKernel.java.ftl}.
 */
package org.dl4jsnn.internal.kernel.vector;
