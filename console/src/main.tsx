import 'tdesign-react/es/_util/react-19-adapter.js'
import 'tdesign-react/es/style/index.css'
import './base.css'
import { createRoot } from 'react-dom/client'
import { Console } from './console.tsx'

const root = document.getElementById('console')
if (root) createRoot(root).render(<Console />)
