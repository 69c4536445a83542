/**
 * How weights learn. A {@link org.dl4jsnn.gradient.BackpropRule} is the hook that a spiking layer
 * calls in the backward pass; the layer does not depend on which rule it has.
 *
 * <pre>
 *  gradient of rates ─► BackpropRule.backprop(pass, …) ─► gradient of currents ─► pass.propagate(…)
 *                           reads pass.flow(), pass.scalar(…)          weight gradients, gradient below
 *
 *  in time:  StepGradient ─► SpatioTemporalBackprop: UnrolledLayer ─► InputGradient
 *            inbox above and rates    MembraneReplay, SegmentGradient       inbox below and rates
 * </pre>
 *
 * Rules of both kinds mix in one network (equation 15 of docs/mathematics.md).
 */
package org.dl4jsnn.gradient;
