/**
 * Sound as the spikes of a cochlea's channels: files in the layout of the Heidelberg spiking data
 * sets (SHD and SSC), to frames.
 *
 * <pre>
 *  CochleaFile ──► CochleaSpikes ──► CochleaBins
 *  HDF5, a word    times, channels   counts in time steps, [channels, T]
 *  at a time       of one word
 * </pre>
 *
 * <p>At most one word of a file is in memory at a time. All faults inside a file are reported by
 * one exception, {@link org.dl4jsnn.event.cochlea.CochleaFileException}.
 *
 * <p>Source of the layout: B. Cramer, Y. Stradmann, J. Schemmel, F. Zenke, "The Heidelberg Spiking
 * Data Sets for the Systematic Evaluation of Spiking Neural Networks", IEEE Transactions on Neural
 * Networks and Learning Systems 33 (2022), doi 10.1109/TNNLS.2020.3044364.
 */
package org.dl4jsnn.event.cochlea;
