/**
 * Converts trained non-spiking networks to spiking ones.
 *
 * <pre>
 *  trained network ─► NetworkReader (stages; refusals)
 *       │                   │
 *       │                   ▼
 *       └─► Calibration (activations by channel) ─► Scales (the activation of a rate of 1)
 *                                                      │
 *            Lowering (signals and forms) ◄────────────┘
 *                │
 *                ▼
 *            Assembly ─► spiking network ─► ConversionReport (activations against rates)
 * </pre>
 */
package org.dl4jsnn.convert;
