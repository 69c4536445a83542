/**
 * Plots of spiking networks. Needs XChart, an optional dependency, on the class path.
 *
 * <pre>
 * SpikeRecording  -&gt; RasterPlot, MembranePlot, StateVariablePlot, RateMaps, FlowPlot
 * OutputOverTime  -&gt; OutputPlot
 * training log    -&gt; LearningCurves
 * Evaluation      -&gt; ConfusionPlot
 * weights         -&gt; KernelPlot
 *                        each a chart or an image -&gt; Plots: an image, a PNG file, a window
 * </pre>
 */
package org.dl4jsnn.plot;
