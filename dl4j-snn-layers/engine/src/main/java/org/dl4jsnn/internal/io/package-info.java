/**
 * Internal: files that are complete or absent. {@link org.dl4jsnn.internal.io.AtomicFile} writes
 * one next to its place and renames it, {@link org.dl4jsnn.internal.io.AtomicFiles} several that
 * belong together, {@link org.dl4jsnn.internal.io.UnfinishedFiles} deletes what killed programs
 * left, {@link org.dl4jsnn.internal.io.WriteLock} keeps a second program out. {@link
 * org.dl4jsnn.internal.io.RegularFiles} tells files from folders and devices. Needs nothing but
 * Java.
 */
package org.dl4jsnn.internal.io;
