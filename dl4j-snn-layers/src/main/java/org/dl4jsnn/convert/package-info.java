/**
 * Trained networks without spikes, turned into spiking ones.
 *
 * <pre>
 *  trained network ─► NetworkReader (stages; refusals)
 *       │                   │
 *       │                   ▼
 *       └─► Calibration (activations by channel) ─► Scales (what a rate of 1 stands for)
 *                                                      │
 *            Lowering (signals and forms) ◄────────────┘
 *                │
 *                ▼
 *            Assembly ─► spiking network ─► ConversionReport (activations against rates)
 * </pre>
 */
package org.dl4jsnn.convert;
