/**
 * Internal: what the packages of recordings share: warnings of slices that are too short ({@link
 * org.dl4jsnn.internal.event.ShortSlices}), and what is wrong with an HDF5 file ({@link
 * org.dl4jsnn.internal.event.DamagedHdf5}).
 */
package org.dl4jsnn.internal.event;
