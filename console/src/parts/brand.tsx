import './brand.css'

export const Brand = () => (
  <span className="brand">
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#0a7d4f" />
      <g fill="#fff">
        <rect x="7" y="7" width="8" height="8" rx="2.5" />
        <rect x="17" y="7" width="8" height="8" rx="2.5" opacity=".7" />
        <rect x="7" y="17" width="8" height="8" rx="2.5" opacity=".7" />
        <rect x="17" y="17" width="8" height="8" rx="4" opacity=".4" />
      </g>
    </svg>
    Minifleet
  </span>
)
