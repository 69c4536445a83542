/**
 * Internal: the inner loops of the event-driven simulation: one layer, one sample, one time window.
 *
 * <pre>
 *  input train ─► ColumnEvents ─► ColumnKernel ─► output words and counts        weighted layers
 *                 (which spikes reach which      (a vectorised and a plain one,
 *                  output column, in order;       chosen by Kernels)
 *                  or StepSpikes, row by row,
 *                  if there are many)
 *  input train ─► BitmapAverage ─► …                                        average pooling
 *  a constant current ─► ColumnKernel.hold                    direct encoding, waiting layers
 *  currents without weights ─► CurrentSimulation ─► …                        poolings behind them
 *  spikes of a step ─► StepCharge ─► membranes                               to follow membranes
 * </pre>
 *
 * <p>The order of all additions into a membrane is that of the input neurons (row, column,
 * channel), then the bias; so all kernels give the same bits.
 */
package org.dl4jsnn.internal.kernel;
