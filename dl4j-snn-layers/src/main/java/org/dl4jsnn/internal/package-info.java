/**
 * Internal: what all packages share (argument checks, files written aside). Packages below {@code
 * org.dl4jsnn.internal} may change in any version; nothing outside of this project should import
 * them.
 */
package org.dl4jsnn.internal;
