/**
 * Plots of spiking networks. Needs XChart, an optional dependency, on the class path.
 *
 * <pre>
 * SpikeRecording  -&gt; raster, membrane, stateVariable, rateMaps, flow
 * OutputOverTime  -&gt; output
 * training log    -&gt; learningCurves
 * Evaluation      -&gt; confusion
 * weights         -&gt; kernels
 *                        each a chart or an image of Plots: an image, a PNG file, a window
 * </pre>
 */
package org.dl4jsnn.plot;
