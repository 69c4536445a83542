/**
 * Internal: what the packages of recordings share: warnings of slices that are too short ({@link
 * org.dl4jsnn.internal.event.ShortSlices}), and HDF5 files that may be damaged ({@link
 * org.dl4jsnn.internal.event.DamagedHdf5}).
 */
package org.dl4jsnn.internal.event;
